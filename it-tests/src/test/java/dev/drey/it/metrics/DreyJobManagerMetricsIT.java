package dev.drey.it.metrics;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyJobManagerCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyJobManagerMetricsIT extends MetricsSuite {
    DreyJobManagerMetricsIT(DreyJobManagerCluster cluster) {
        super(cluster);
    }
}
