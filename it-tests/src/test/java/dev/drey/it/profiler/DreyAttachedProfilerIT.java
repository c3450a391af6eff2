package dev.drey.it.profiler;

import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Clusters;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyAttachedProfilerIT extends ProfilerSuite {
    DreyAttachedProfilerIT(AttachedDrey cluster) {
        super(cluster);
    }
}
