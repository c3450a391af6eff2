package dev.drey.it.dashboard;

import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.StockCluster;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clusters.class)
class DreyAttachedDashboardWalk extends DashboardSuite {

    private final AttachedDrey cluster;

    DreyAttachedDashboardWalk(AttachedDrey cluster) {
        super(cluster);
        this.cluster = cluster;
    }

    @Override
    StockCluster attachedTo() {
        return cluster.cluster();
    }
}
