package dev.drey.it.metrics;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.StockCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class StockMetricsIT extends MetricsSuite {
    StockMetricsIT(StockCluster cluster) {
        super(cluster);
    }
}
