package dev.drey.it.dashboard;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyDashboardWalk extends DashboardSuite {
    DreyDashboardWalk(DreyCluster cluster) {
        super(cluster);
    }
}
