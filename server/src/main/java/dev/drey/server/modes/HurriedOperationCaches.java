package dev.drey.server.modes;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.flink.runtime.dispatcher.DispatcherOperationCaches;

/**
 * The dispatcher's results of asynchronous operations. A cluster that is shut down through the API
 * waits until they were read, for minutes; a process that was told to end does not.
 */
final class HurriedOperationCaches extends DispatcherOperationCaches {

    private final Supplier<CompletableFuture<Void>> read;
    private final CompletableFuture<Void> stopping;

    /**
     * @param read waits until the users were told of the results: that the endpoint has read them
     *     here is not enough
     */
    HurriedOperationCaches(
            Duration storeDuration,
            Supplier<CompletableFuture<Void>> read,
            CompletableFuture<Void> stopping) {
        super(storeDuration);
        this.read = requireNonNull(read, "read is null");
        this.stopping = requireNonNull(stopping, "stopping is null");
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        return stopping.applyToEither(
                CompletableFuture.allOf(super.closeAsync(), read.get()), ignored -> null);
    }
}
