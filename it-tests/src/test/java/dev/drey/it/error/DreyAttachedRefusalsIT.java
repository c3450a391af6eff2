package dev.drey.it.error;

import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Clusters;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyAttachedRefusalsIT extends RefusalsSuite {
    DreyAttachedRefusalsIT(AttachedDrey cluster) {
        super(cluster);
    }
}
