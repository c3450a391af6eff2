package dev.drey.it.jars;

import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Clusters;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyAttachedApplicationsIT extends ApplicationsSuite {
    DreyAttachedApplicationsIT(AttachedDrey cluster) {
        super(cluster);
    }
}
