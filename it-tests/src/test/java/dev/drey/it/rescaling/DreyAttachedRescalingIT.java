package dev.drey.it.rescaling;

import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.StockCluster;
import java.util.List;

class DreyAttachedRescalingIT extends RescalingSuite {

    @Override
    Cluster start(List<String> options) throws Exception {
        return AttachedDrey.start(
                "drey-attached-rescaling",
                StockCluster.start("attached-to-rescaling", Clusters.lines(options)));
    }

    @Override
    void stop(Cluster started) {
        ((AttachedDrey) started).close();
    }
}
