package dev.drey.server.async;

import dev.drey.model.JobId;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Ids;
import dev.drey.server.error.SerializedThrowables;
import jakarta.ws.rs.NotFoundException;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.UnknownOperationKeyException;
import org.apache.flink.runtime.rest.handler.async.OperationResult;
import org.apache.flink.runtime.rest.handler.job.AsynchronousJobOperationKey;
import org.apache.flink.util.ExceptionUtils;

/**
 * An operation on a job whose results the leading dispatcher keeps.
 *
 * @param <R> what the operation results in
 */
public interface JobOperation<R extends Serializable, V> extends Operation<V> {

    /** The job it is for. */
    JobId jobId();

    /** What kind of operation it is, as a message to a user names it. */
    String name();

    /** Asks {@code dispatcher} for its status. */
    CompletableFuture<OperationResult<R>> status(
            DispatcherGateway dispatcher, AsynchronousJobOperationKey key);

    /** The outcome of one that succeeded. */
    V completed(R result);

    /** The key that Flink has for it. */
    default AsynchronousJobOperationKey key() {
        return AsynchronousJobOperationKey.of(Ids.toFlink(id()), Ids.toFlink(jobId()));
    }

    @Override
    default CompletableFuture<AsynchronousOperationResult<V>> ask(ClusterGateways gateways) {
        return gateways.dispatcher()
                .thenCompose(dispatcher -> status(dispatcher, key()))
                .thenApply(this::shown)
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(explained(failure)));
    }

    /** What Flink says of it, as a user is shown it. */
    default AsynchronousOperationResult<V> shown(OperationResult<R> result) {
        return switch (result.getStatus()) {
            case IN_PROGRESS -> AsynchronousOperationResult.inProgress();
            case SUCCESS -> AsynchronousOperationResult.completed(completed(result.getResult()));
            case FAILURE ->
                    AsynchronousOperationResult.completed(
                            failed(SerializedThrowables.of(result.getThrowable())));
        };
    }

    @Override
    default String description() {
        return "the %s operation %s of job %s".formatted(name(), id(), jobId());
    }

    private Throwable explained(Throwable failure) {
        return ExceptionUtils.findThrowable(failure, UnknownOperationKeyException.class)
                .<Throwable>map(
                        cause ->
                                new NotFoundException(
                                        "No %s operation %s of job %s is known: it was never triggered, was forgotten after %s, or the leader changed"
                                                .formatted(
                                                        name(),
                                                        id(),
                                                        jobId(),
                                                        RestOptions.ASYNC_OPERATION_STORE_DURATION
                                                                .key()),
                                        cause))
                .orElse(failure);
    }
}
