package dev.drey.server.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationInfo;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.async.OperationKind;
import dev.drey.model.error.SerializedThrowable;
import dev.drey.server.ClusterGateways;
import dev.drey.server.TestGateways;
import dev.drey.server.TestServer;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a user was told of, and what only the endpoint has read. */
class OperationsReadTest {

    private static final Duration GUARD = Duration.ofSeconds(TestServer.PATIENCE_SECONDS);

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final Anything operation =
            new Anything(TriggerId.random(), new AtomicReference<>(result(null)));

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void withoutOperationsThereIsNothingToRead() {
        assertThat(operations(Duration.ofMinutes(5)).allRead()).isCompleted();
    }

    @Test
    void anOperationIsReadWhenSomebodyIsToldOfItsEnd() {
        Operations operations = operations(Duration.ofMinutes(5));
        trigger(operations);
        CompletableFuture<Void> read = operations.allRead();

        operations.statusOf(operation).join();
        assertThat(read).as("while it is in progress").isNotDone();

        operation.end();
        TestServer.await(
                "the endpoint learns of the end",
                () -> operations.all().get(0).outcome().isPresent());
        assertThat(read).as("while only the endpoint knows").isNotDone();

        operations.statusOf(operation).join();
        assertThat(read).isCompleted();
        assertThat(operations.allRead()).isCompleted();
    }

    @Test
    void nobodyIsWaitedForLongerThanResultsAreKept() {
        Operations operations = operations(Duration.ofSeconds(1));
        trigger(operations);

        assertThat(operations.allRead()).succeedsWithin(GUARD);
    }

    private void trigger(Operations operations) {
        Trigger trigger =
                new Trigger(
                        OperationKind.UNKNOWN,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(operation.id()),
                        "content",
                        Response.Status.ACCEPTED,
                        id ->
                                new Trigger.Attempt(
                                        operation, () -> CompletableFuture.completedFuture(null)));
        assertThat(operations.trigger(trigger, Optional.empty())).succeedsWithin(GUARD);
    }

    private Operations operations(Duration stored) {
        Configuration configuration =
                new Configuration().set(RestOptions.ASYNC_OPERATION_STORE_DURATION, stored);
        return new Operations(TestGateways.to(CompletableFuture::new, executor), configuration);
    }

    private static AsynchronousOperationResult<AsynchronousOperationInfo> result(
            AsynchronousOperationInfo outcome) {
        return outcome == null
                ? AsynchronousOperationResult.inProgress()
                : AsynchronousOperationResult.completed(outcome);
    }

    private record Anything(
            TriggerId id,
            AtomicReference<AsynchronousOperationResult<AsynchronousOperationInfo>> status)
            implements Operation<AsynchronousOperationInfo> {

        void end() {
            status.set(result(AsynchronousOperationInfo.complete()));
        }

        @Override
        public String statusPath() {
            return "/anything/" + id;
        }

        @Override
        public String description() {
            return "operation " + id;
        }

        @Override
        public CompletableFuture<AsynchronousOperationResult<AsynchronousOperationInfo>> ask(
                ClusterGateways gateways) {
            return CompletableFuture.completedFuture(status.get());
        }

        @Override
        public AsynchronousOperationInfo failed(SerializedThrowable cause) {
            return AsynchronousOperationInfo.failed(cause);
        }
    }
}
