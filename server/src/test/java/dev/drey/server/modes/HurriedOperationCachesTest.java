package dev.drey.server.modes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.rest.handler.job.AsynchronousJobOperationKey;
import org.apache.flink.runtime.rest.messages.TriggerId;
import org.junit.jupiter.api.Test;

class HurriedOperationCachesTest {

    private static final Duration STORED = Duration.ofMinutes(5);
    private static final Duration GUARD = Duration.ofSeconds(30);
    private static final AsynchronousJobOperationKey KEY =
            AsynchronousJobOperationKey.of(new TriggerId(), new JobID());

    private final CompletableFuture<Void> stopping = new CompletableFuture<>();
    private final CompletableFuture<Void> read = new CompletableFuture<>();
    private final HurriedOperationCaches caches =
            new HurriedOperationCaches(STORED, () -> read, stopping);

    @Test
    void closingWithoutResultsIsDoneAtOnce() {
        read.complete(null);
        assertThat(caches.closeAsync()).succeedsWithin(GUARD);
    }

    @Test
    void closingWaitsUntilAResultWasRead() {
        read.complete(null);
        caches.getSavepointTriggerCache()
                .registerOngoingOperation(KEY, CompletableFuture.completedFuture("file:///there"));
        CompletableFuture<Void> closed = caches.closeAsync();
        assertThat(closed).isNotDone();

        caches.getSavepointTriggerCache().get(KEY);

        assertThat(closed).succeedsWithin(GUARD);
    }

    @Test
    void closingWaitsForAnOperationThatHasNotEnded() {
        read.complete(null);
        CompletableFuture<Long> operation = new CompletableFuture<>();
        caches.getCheckpointTriggerCache().registerOngoingOperation(KEY, operation);
        CompletableFuture<Void> closed = caches.closeAsync();
        caches.getCheckpointTriggerCache().get(KEY);
        assertThat(closed).isNotDone();

        operation.complete(1L);
        caches.getCheckpointTriggerCache().get(KEY);

        assertThat(closed).succeedsWithin(GUARD);
    }

    @Test
    void closingWaitsUntilAUserWasToldOfWhatTheEndpointHasRead() {
        caches.getSavepointTriggerCache()
                .registerOngoingOperation(KEY, CompletableFuture.completedFuture("file:///there"));
        caches.getSavepointTriggerCache().get(KEY);
        CompletableFuture<Void> closed = caches.closeAsync();
        assertThat(closed).isNotDone();

        read.complete(null);

        assertThat(closed).succeedsWithin(GUARD);
    }

    @Test
    void aProcessThatIsToldToEndStopsWaiting() {
        caches.getSavepointTriggerCache().registerOngoingOperation(KEY, new CompletableFuture<>());
        CompletableFuture<Void> closed = caches.closeAsync();
        assertThat(closed).isNotDone();

        stopping.complete(null);

        assertThat(closed).succeedsWithin(GUARD);
    }

    @Test
    void aProcessThatWasToldToEndDoesNotWaitAtAll() {
        caches.getSavepointTriggerCache().registerOngoingOperation(KEY, new CompletableFuture<>());
        stopping.complete(null);

        assertThat(caches.closeAsync()).succeedsWithin(GUARD);
    }
}
