package dev.drey.it.jobs;

import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Clusters;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyAttachedJobOperationsIT extends JobOperationsSuite {
    DreyAttachedJobOperationsIT(AttachedDrey cluster) {
        super(cluster);
    }
}
