package dev.drey.server.rescaling;

import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationInfo;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.error.SerializedThrowable;
import dev.drey.server.ClusterGateways;
import dev.drey.server.async.Operation;
import dev.drey.server.error.Failures;
import dev.drey.server.error.SerializedThrowables;
import jakarta.ws.rs.NotFoundException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.RestOptions;

/**
 * A rescaling, of which only the endpoint that has begun it knows how it ends.
 *
 * @param watch completes when it has begun; empty if it was not triggered here
 */
record RescalingOperation(
        JobId jobId, TriggerId id, Optional<CompletableFuture<RescalingWatch>> watch)
        implements Operation<AsynchronousOperationInfo> {

    /** One that somebody asks for. */
    static RescalingOperation of(JobId jobId, TriggerId id) {
        return new RescalingOperation(jobId, id, Optional.empty());
    }

    /** One that is to begin. */
    static RescalingOperation toBegin(JobId jobId, TriggerId id) {
        return new RescalingOperation(jobId, id, Optional.of(new CompletableFuture<>()));
    }

    @Override
    public String statusPath() {
        return "/jobs/%s/rescaling/%s".formatted(jobId, id);
    }

    @Override
    public String description() {
        return "the rescaling %s of job %s".formatted(id, jobId);
    }

    @Override
    public CompletableFuture<AsynchronousOperationResult<AsynchronousOperationInfo>> ask(
            ClusterGateways gateways) {
        if (watch.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new NotFoundException(
                            "No rescaling %s of job %s is known: it was never triggered at this endpoint, or was forgotten after %s"
                                    .formatted(
                                            id,
                                            jobId,
                                            RestOptions.ASYNC_OPERATION_STORE_DURATION.key())));
        }
        return watch.get()
                .thenCompose(begun -> begun.look(gateways).thenApply(looked -> status(begun)));
    }

    private AsynchronousOperationResult<AsynchronousOperationInfo> status(RescalingWatch begun) {
        return begun.end().isDone()
                ? begun.end().handle(this::completed).join()
                : AsynchronousOperationResult.inProgress();
    }

    private AsynchronousOperationResult<AsynchronousOperationInfo> completed(
            Void done, Throwable failure) {
        return AsynchronousOperationResult.completed(
                failure == null
                        ? AsynchronousOperationInfo.complete()
                        : failed(SerializedThrowables.of(Failures.strip(failure))));
    }

    @Override
    public AsynchronousOperationInfo failed(SerializedThrowable cause) {
        return AsynchronousOperationInfo.failed(cause);
    }
}
