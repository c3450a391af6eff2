package dev.drey.it.jars;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyApplicationsIT extends ApplicationsSuite {
    DreyApplicationsIT(DreyCluster cluster) {
        super(cluster);
    }
}
