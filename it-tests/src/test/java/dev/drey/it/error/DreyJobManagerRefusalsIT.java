package dev.drey.it.error;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyJobManagerCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyJobManagerRefusalsIT extends RefusalsSuite {
    DreyJobManagerRefusalsIT(DreyJobManagerCluster cluster) {
        super(cluster);
    }
}
