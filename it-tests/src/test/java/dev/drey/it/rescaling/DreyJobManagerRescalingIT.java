package dev.drey.it.rescaling;

import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyJobManagerCluster;
import java.util.List;

class DreyJobManagerRescalingIT extends PatientRescalingSuite {

    @Override
    Cluster start(List<String> options) throws Exception {
        return DreyJobManagerCluster.start("drey-jobmanager-rescaling", Clusters.lines(options));
    }

    @Override
    void stop(Cluster started) {
        ((DreyJobManagerCluster) started).close();
    }
}
