package dev.drey.it.jobs;

import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Clusters;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyAttachedJobViewsIT extends JobViewsSuite {
    DreyAttachedJobViewsIT(AttachedDrey cluster) {
        super(cluster);
    }
}
