package dev.drey.it.twin;

import dev.drey.it.cluster.TwinCluster;

/** As it is configured by default, caches too. */
class JobManagerTwinIT extends TwinSuite {

    @Override
    TwinCluster start() throws Exception {
        return TwinCluster.jobManager("metrics.fetcher.update-interval=50 ms");
    }

    /** The default scheduler does not rescale. */
    @Override
    boolean isOff(Route route) {
        return route.path().contains("/rescales/")
                || route.path().endsWith("/resource-requirements");
    }
}
