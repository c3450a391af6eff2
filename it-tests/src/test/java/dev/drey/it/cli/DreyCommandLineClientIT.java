package dev.drey.it.cli;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyCommandLineClientIT extends CommandLineSuite {
    DreyCommandLineClientIT(DreyCluster cluster) {
        super(cluster);
    }
}
