package dev.drey.it.error;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.StockCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class StockRefusalsIT extends RefusalsSuite {
    StockRefusalsIT(StockCluster cluster) {
        super(cluster);
    }
}
