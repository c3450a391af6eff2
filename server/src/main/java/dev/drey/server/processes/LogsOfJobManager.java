package dev.drey.server.processes;

import dev.drey.model.processes.LogListInfo;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The files in the log folder of the JobManager. */
record LogsOfJobManager() implements Source.Single<LogListInfo> {

    @Override
    public CompletableFuture<LogListInfo> fetch(ClusterGateways gateways, Duration timeout) {
        return gateways.jobManager().logs();
    }

    @Override
    public String description() {
        return "the logs of the JobManager";
    }
}
