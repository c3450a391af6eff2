package dev.drey.server.modes;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.dispatcher.DispatcherOperationCaches;

/**
 * The dispatcher's results of asynchronous operations. A cluster that is shut down through the API
 * waits until they were read, for minutes; a process that was told to end does not.
 */
final class HurriedOperationCaches extends DispatcherOperationCaches {

    private final CompletableFuture<Void> stopping;

    HurriedOperationCaches(Duration storeDuration, CompletableFuture<Void> stopping) {
        super(storeDuration);
        this.stopping = stopping;
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        return stopping.applyToEither(super.closeAsync(), ignored -> null);
    }
}
