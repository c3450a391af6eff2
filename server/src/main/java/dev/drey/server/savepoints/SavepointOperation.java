package dev.drey.server.savepoints;

import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.error.SerializedThrowable;
import dev.drey.model.savepoints.SavepointInfo;
import dev.drey.server.async.JobOperation;
import dev.drey.server.error.Failures;
import dev.drey.server.error.SerializedThrowables;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.rest.handler.async.OperationResult;
import org.apache.flink.runtime.rest.handler.job.AsynchronousJobOperationKey;
import org.apache.flink.util.FlinkException;

/**
 * A savepoint, after which the job may be stopped; its result is where it lies.
 *
 * @param traces find it when nobody knows it any more; empty if it was not triggered here
 */
record SavepointOperation(JobId jobId, TriggerId id, Optional<SavepointTraces> traces)
        implements JobOperation<String, SavepointInfo> {

    /** One that somebody asks for. */
    static SavepointOperation of(JobId jobId, TriggerId id) {
        return new SavepointOperation(jobId, id, Optional.empty());
    }

    @Override
    public CompletableFuture<OperationResult<String>> status(
            DispatcherGateway dispatcher, AsynchronousJobOperationKey key) {
        return dispatcher.getTriggeredSavepointStatus(key);
    }

    @Override
    public SavepointInfo completed(String location) {
        return SavepointInfo.completed(location);
    }

    @Override
    public SavepointInfo failed(SerializedThrowable cause) {
        return SavepointInfo.failed(cause);
    }

    @Override
    public CompletableFuture<SavepointInfo> lost(FlinkException reason) {
        return traces.isEmpty()
                ? JobOperation.super.lost(reason)
                : traces.get()
                        .location(reason)
                        .handle(
                                (location, failure) ->
                                        failure == null
                                                ? completed(location)
                                                : failed(
                                                        SerializedThrowables.of(
                                                                Failures.strip(failure))));
    }

    @Override
    public String statusPath() {
        return "/jobs/%s/savepoints/%s".formatted(jobId, id);
    }

    @Override
    public String name() {
        return "savepoint";
    }
}
