package dev.drey.it.jobs;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyJobOperationsIT extends JobOperationsSuite {
    DreyJobOperationsIT(DreyCluster cluster) {
        super(cluster);
    }
}
