package dev.drey.it.profiler;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.StockCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class StockProfilerIT extends ProfilerSuite {
    StockProfilerIT(StockCluster cluster) {
        super(cluster);
    }
}
