package dev.drey.it.processes;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.StockCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class StockProcessesIT extends ProcessesSuite {
    StockProcessesIT(StockCluster cluster) {
        super(cluster);
    }
}
