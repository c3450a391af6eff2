package dev.drey.server.async;

import static java.util.Objects.requireNonNull;

import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationInfo;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.error.SerializedThrowable;
import dev.drey.server.ClusterGateways;
import dev.drey.server.error.Failures;
import dev.drey.server.error.SerializedThrowables;
import jakarta.ws.rs.NotFoundException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.configuration.RestOptions;

/**
 * An operation of which the cluster keeps nothing: only this endpoint knows how it ends, and that
 * it succeeded is all that comes of it.
 *
 * @param name what kind of operation it is, as a message to a user names it
 * @param end completes when it ends; empty if it was not triggered here
 */
public record KeptOperation(
        TriggerId id, String name, String statusPath, Optional<CompletableFuture<Object>> end)
        implements Operation<AsynchronousOperationInfo> {

    public KeptOperation {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(statusPath, "statusPath is null");
        requireNonNull(end, "end is null");
    }

    /** One that somebody asks for. */
    public static KeptOperation of(TriggerId id, String name, String statusPath) {
        return new KeptOperation(id, name, statusPath, Optional.empty());
    }

    /** The same, triggered here. */
    KeptOperation triggered() {
        return new KeptOperation(id, name, statusPath, Optional.of(new CompletableFuture<>()));
    }

    /** It is under way, and ends as {@code work} does. */
    void endsWith(CompletionStage<?> work) {
        var unused =
                work.whenComplete(
                        (value, failure) -> {
                            if (failure == null) {
                                end.orElseThrow().complete(value);
                            } else {
                                end.orElseThrow().completeExceptionally(failure);
                            }
                        });
    }

    @Override
    public CompletableFuture<AsynchronousOperationResult<AsynchronousOperationInfo>> ask(
            ClusterGateways gateways) {
        if (end.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new NotFoundException(
                            "No %s %s is known: it was never triggered at this endpoint, or was forgotten after %s"
                                    .formatted(
                                            name,
                                            id,
                                            RestOptions.ASYNC_OPERATION_STORE_DURATION.key())));
        }
        return end.get().isDone()
                ? end.get().handle(this::completed)
                : CompletableFuture.completedFuture(AsynchronousOperationResult.inProgress());
    }

    @Override
    public String description() {
        return "the %s %s".formatted(name, id);
    }

    @Override
    public AsynchronousOperationInfo failed(SerializedThrowable cause) {
        return AsynchronousOperationInfo.failed(cause);
    }

    private AsynchronousOperationResult<AsynchronousOperationInfo> completed(
            Object result, Throwable failure) {
        return AsynchronousOperationResult.completed(
                failure == null
                        ? AsynchronousOperationInfo.complete()
                        : failed(SerializedThrowables.of(Failures.strip(failure))));
    }
}
