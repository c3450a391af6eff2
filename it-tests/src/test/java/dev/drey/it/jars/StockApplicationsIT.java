package dev.drey.it.jars;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.StockCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class StockApplicationsIT extends ApplicationsSuite {
    StockApplicationsIT(StockCluster cluster) {
        super(cluster);
    }
}
