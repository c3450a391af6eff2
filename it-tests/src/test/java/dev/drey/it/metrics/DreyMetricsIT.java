package dev.drey.it.metrics;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyMetricsIT extends MetricsSuite {
    DreyMetricsIT(DreyCluster cluster) {
        super(cluster);
    }
}
