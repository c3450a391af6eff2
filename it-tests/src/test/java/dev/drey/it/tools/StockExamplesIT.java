package dev.drey.it.tools;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.StockCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class StockExamplesIT extends ExamplesSuite {
    StockExamplesIT(StockCluster cluster) {
        super(cluster);
    }
}
