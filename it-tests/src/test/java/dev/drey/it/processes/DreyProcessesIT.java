package dev.drey.it.processes;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyProcessesIT extends ProcessesSuite {
    DreyProcessesIT(DreyCluster cluster) {
        super(cluster);
    }
}
