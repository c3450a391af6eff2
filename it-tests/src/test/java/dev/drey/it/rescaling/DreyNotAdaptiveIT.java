package dev.drey.it.rescaling;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyNotAdaptiveIT extends NotAdaptiveSuite {
    DreyNotAdaptiveIT(DreyCluster cluster) {
        super(cluster);
    }
}
