package dev.drey.it.jars;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyJobManagerCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyJobManagerApplicationsIT extends ApplicationsSuite {
    DreyJobManagerApplicationsIT(DreyJobManagerCluster cluster) {
        super(cluster);
    }
}
