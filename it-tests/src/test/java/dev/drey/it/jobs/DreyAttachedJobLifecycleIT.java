package dev.drey.it.jobs;

import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Clusters;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyAttachedJobLifecycleIT extends JobLifecycleSuite {
    DreyAttachedJobLifecycleIT(AttachedDrey cluster) {
        super(cluster);
    }
}
