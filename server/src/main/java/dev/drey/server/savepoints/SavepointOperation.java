package dev.drey.server.savepoints;

import dev.drey.server.Source;
import jakarta.ws.rs.NotFoundException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.UnknownOperationKeyException;
import org.apache.flink.runtime.rest.handler.async.OperationResult;
import org.apache.flink.runtime.rest.handler.job.AsynchronousJobOperationKey;
import org.apache.flink.util.ExceptionUtils;

/** How far a savepoint is that was triggered under a key. */
record SavepointOperation(AsynchronousJobOperationKey key)
        implements Source.OfDispatcher<OperationResult<String>> {

    @Override
    public CompletableFuture<OperationResult<String>> ask(
            DispatcherGateway dispatcher, Duration timeout) {
        return dispatcher
                .getTriggeredSavepointStatus(key)
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(explained(failure)));
    }

    @Override
    public String description() {
        return "the savepoint operation " + key.getTriggerId() + " of job " + key.getJobId();
    }

    private Throwable explained(Throwable failure) {
        return ExceptionUtils.findThrowable(failure, UnknownOperationKeyException.class)
                .<Throwable>map(
                        unknown ->
                                new NotFoundException(
                                        "No savepoint operation %s of job %s is known: it was never"
                                                        .formatted(
                                                                key.getTriggerId(), key.getJobId())
                                                + " triggered, was forgotten after "
                                                + RestOptions.ASYNC_OPERATION_STORE_DURATION.key()
                                                + ", or the leader changed",
                                        unknown))
                .orElse(failure);
    }
}
