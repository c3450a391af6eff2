package dev.drey.it.twin;

import dev.drey.it.cluster.TwinCluster;

/** Nothing is cached for long, and what is off by default is on. */
class EmbeddedTwinIT extends TwinSuite {

    @Override
    TwinCluster start() throws Exception {
        return TwinCluster.embedded(
                "web.refresh-interval=1 ms",
                "metrics.fetcher.update-interval=50 ms",
                "rest.flamegraph.enabled=true",
                "rest.profiling.enabled=true",
                "jobmanager.scheduler=Adaptive",
                "web.adaptive-scheduler.rescale-history.size=20");
    }
}
