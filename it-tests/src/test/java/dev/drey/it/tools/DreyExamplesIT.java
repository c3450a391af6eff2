package dev.drey.it.tools;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyExamplesIT extends ExamplesSuite {
    DreyExamplesIT(DreyCluster cluster) {
        super(cluster);
    }
}
