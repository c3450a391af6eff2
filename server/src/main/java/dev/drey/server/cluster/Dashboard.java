package dev.drey.server.cluster;

import dev.drey.model.cluster.DashboardConfiguration;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What the dashboard is configured to, since this server started. */
record Dashboard(DashboardConfiguration configuration)
        implements Source.Local<DashboardConfiguration> {

    @Override
    public CompletableFuture<DashboardConfiguration> fetch(
            ClusterGateways gateways, Duration timeout) {
        return CompletableFuture.completedFuture(configuration);
    }

    @Override
    public String description() {
        return "the dashboard's configuration";
    }
}
