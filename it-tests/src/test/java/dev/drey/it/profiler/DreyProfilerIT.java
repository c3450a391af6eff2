package dev.drey.it.profiler;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyProfilerIT extends ProfilerSuite {
    DreyProfilerIT(DreyCluster cluster) {
        super(cluster);
    }
}
