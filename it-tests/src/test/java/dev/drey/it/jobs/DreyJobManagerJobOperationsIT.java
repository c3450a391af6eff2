package dev.drey.it.jobs;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyJobManagerCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyJobManagerJobOperationsIT extends JobOperationsSuite {
    DreyJobManagerJobOperationsIT(DreyJobManagerCluster cluster) {
        super(cluster);
    }
}
