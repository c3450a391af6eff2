package dev.drey.it.profiler;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyJobManagerCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyJobManagerProfilerIT extends ProfilerSuite {
    DreyJobManagerProfilerIT(DreyJobManagerCluster cluster) {
        super(cluster);
    }
}
