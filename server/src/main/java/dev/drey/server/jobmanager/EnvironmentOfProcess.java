package dev.drey.server.jobmanager;

import dev.drey.model.jobmanager.EnvironmentInfo;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What the JobManager's process runs on. */
record EnvironmentOfProcess() implements Source.Single<EnvironmentInfo> {

    @Override
    public CompletableFuture<EnvironmentInfo> fetch(ClusterGateways gateways, Duration timeout) {
        return gateways.jobManager().environment();
    }

    @Override
    public String description() {
        return "the environment of the JobManager";
    }
}
