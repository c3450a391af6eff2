package dev.drey.it.cli;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyJobManagerCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyJobManagerCommandLineClientIT extends CommandLineSuite {
    DreyJobManagerCommandLineClientIT(DreyJobManagerCluster cluster) {
        super(cluster);
    }
}
