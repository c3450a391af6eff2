package dev.drey.it.async;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyWaitingIT extends WaitingSuite {
    DreyWaitingIT(DreyCluster cluster) {
        super(cluster);
    }
}
