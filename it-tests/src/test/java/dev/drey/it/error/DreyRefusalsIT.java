package dev.drey.it.error;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyRefusalsIT extends RefusalsSuite {
    DreyRefusalsIT(DreyCluster cluster) {
        super(cluster);
    }
}
