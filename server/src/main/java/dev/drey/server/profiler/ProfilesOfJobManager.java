package dev.drey.server.profiler;

import dev.drey.model.profiler.ProfilingInfoList;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The profiles of the JobManager's process. */
record ProfilesOfJobManager() implements Source.Single<ProfilingInfoList> {

    @Override
    public CompletableFuture<ProfilingInfoList> fetch(ClusterGateways gateways, Duration timeout) {
        return gateways.jobManager().profiles();
    }

    @Override
    public String description() {
        return "the profiles of the JobManager";
    }
}
