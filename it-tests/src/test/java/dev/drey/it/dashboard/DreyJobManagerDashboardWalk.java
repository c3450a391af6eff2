package dev.drey.it.dashboard;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyJobManagerCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyJobManagerDashboardWalk extends DashboardSuite {
    DreyJobManagerDashboardWalk(DreyJobManagerCluster cluster) {
        super(cluster);
    }
}
