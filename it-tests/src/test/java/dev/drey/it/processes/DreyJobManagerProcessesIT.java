package dev.drey.it.processes;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyJobManagerCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyJobManagerProcessesIT extends ProcessesSuite {
    DreyJobManagerProcessesIT(DreyJobManagerCluster cluster) {
        super(cluster);
    }
}
