package dev.drey.it.rescaling;

import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.DreyCluster;
import java.util.List;

class DreyRescalingIT extends PatientRescalingSuite {

    @Override
    Cluster start(List<String> options) throws Exception {
        return DreyCluster.start("drey-rescaling", options.toArray(String[]::new));
    }

    @Override
    void stop(Cluster started) {
        ((DreyCluster) started).close();
    }
}
