package dev.drey.it.async;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyJobManagerCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyJobManagerWaitingIT extends WaitingSuite {
    DreyJobManagerWaitingIT(DreyJobManagerCluster cluster) {
        super(cluster);
    }
}
