package dev.drey.it.cli;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.StockCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class StockCommandLineClientIT extends CommandLineSuite {
    StockCommandLineClientIT(StockCluster cluster) {
        super(cluster);
    }
}
