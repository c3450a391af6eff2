package dev.drey.server.jobmanager;

import dev.drey.model.jobmanager.ConfigurationInfoEntry;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Source;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the JobManager's process was started with. */
record ConfigurationOfProcess() implements Source.Single<List<ConfigurationInfoEntry>> {

    @Override
    public CompletableFuture<List<ConfigurationInfoEntry>> fetch(
            ClusterGateways gateways, Duration timeout) {
        return gateways.jobManager().configuration();
    }

    @Override
    public String description() {
        return "the configuration of the JobManager";
    }
}
