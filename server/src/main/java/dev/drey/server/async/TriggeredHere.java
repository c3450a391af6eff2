package dev.drey.server.async;

import dev.drey.server.ClusterGateways;
import dev.drey.server.Source;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The operations that were triggered through this endpoint. */
record TriggeredHere(Operations operations) implements Source.Local<List<Journal.Entry>> {

    @Override
    public CompletableFuture<List<Journal.Entry>> fetch(
            ClusterGateways gateways, Duration timeout) {
        return CompletableFuture.completedFuture(operations.all());
    }

    @Override
    public String description() {
        return "the operations that were triggered here";
    }
}
