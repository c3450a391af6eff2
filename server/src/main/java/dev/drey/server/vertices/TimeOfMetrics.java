package dev.drey.server.vertices;

import dev.drey.server.ClusterGateways;
import dev.drey.server.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** When the metrics were last asked for. */
record TimeOfMetrics() implements Source.Local<Long> {

    @Override
    public CompletableFuture<Long> fetch(ClusterGateways gateways, Duration timeout) {
        return CompletableFuture.completedFuture(gateways.metrics().askedAt());
    }

    @Override
    public String description() {
        return "the time of the metrics";
    }
}
