package dev.drey.it.rescaling;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyJobManagerCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyJobManagerNotAdaptiveIT extends NotAdaptiveSuite {
    DreyJobManagerNotAdaptiveIT(DreyJobManagerCluster cluster) {
        super(cluster);
    }
}
