package dev.drey.it.processes;

import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Clusters;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyAttachedProcessesIT extends ProcessesSuite {
    DreyAttachedProcessesIT(AttachedDrey cluster) {
        super(cluster);
    }
}
