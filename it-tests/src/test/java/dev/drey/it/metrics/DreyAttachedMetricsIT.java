package dev.drey.it.metrics;

import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Clusters;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyAttachedMetricsIT extends MetricsSuite {
    DreyAttachedMetricsIT(AttachedDrey cluster) {
        super(cluster);
    }
}
