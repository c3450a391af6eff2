package dev.drey.server.async;

import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.server.Ids;
import dev.drey.server.Source;
import jakarta.ws.rs.NotFoundException;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.UnknownOperationKeyException;
import org.apache.flink.runtime.rest.handler.async.OperationResult;
import org.apache.flink.runtime.rest.handler.job.AsynchronousJobOperationKey;
import org.apache.flink.util.ExceptionUtils;

/**
 * How far an operation on a job is that was triggered under a key. An unknown one is 404.
 *
 * @param <R> what the operation results in
 */
public interface JobOperation<R extends Serializable>
        extends Source.OfDispatcher<OperationResult<R>> {

    /** The key that Flink has for a trigger id. */
    static AsynchronousJobOperationKey key(JobId jobId, TriggerId triggerId) {
        return AsynchronousJobOperationKey.of(Ids.toFlink(triggerId), Ids.toFlink(jobId));
    }

    /** What it was triggered under. */
    AsynchronousJobOperationKey key();

    /** What kind of operation it is, as a message to a user names it. */
    String kind();

    /** Asks {@code dispatcher} for its status. */
    CompletableFuture<OperationResult<R>> status(DispatcherGateway dispatcher);

    @Override
    default CompletableFuture<OperationResult<R>> ask(
            DispatcherGateway dispatcher, Duration timeout) {
        return status(dispatcher)
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(
                                        ExceptionUtils.findThrowable(
                                                        failure, UnknownOperationKeyException.class)
                                                .<Throwable>map(this::unknown)
                                                .orElse(failure)));
    }

    @Override
    default String description() {
        return "the %s operation %s of job %s"
                .formatted(kind(), key().getTriggerId(), key().getJobId());
    }

    private NotFoundException unknown(UnknownOperationKeyException cause) {
        return new NotFoundException(
                "No %s operation %s of job %s is known: it was never triggered, was forgotten after %s, or the leader changed"
                        .formatted(
                                kind(),
                                key().getTriggerId(),
                                key().getJobId(),
                                RestOptions.ASYNC_OPERATION_STORE_DURATION.key()),
                cause);
    }
}
