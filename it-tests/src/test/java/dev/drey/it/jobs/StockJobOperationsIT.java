package dev.drey.it.jobs;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.StockCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class StockJobOperationsIT extends JobOperationsSuite {
    StockJobOperationsIT(StockCluster cluster) {
        super(cluster);
    }
}
