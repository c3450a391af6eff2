package dev.drey.it.async;

import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Clusters;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyAttachedRepeatedWritesIT extends RepeatedWritesSuite {
    DreyAttachedRepeatedWritesIT(AttachedDrey cluster) {
        super(cluster);
    }
}
