package dev.drey.server.savepoints;

import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.error.SerializedThrowable;
import dev.drey.model.savepoints.SavepointInfo;
import dev.drey.server.async.JobOperation;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.rest.handler.async.OperationResult;
import org.apache.flink.runtime.rest.handler.job.AsynchronousJobOperationKey;

/** A savepoint, after which the job may be stopped; its result is where it lies. */
record SavepointOperation(JobId jobId, TriggerId id)
        implements JobOperation<String, SavepointInfo> {

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
    public String statusPath() {
        return "/jobs/%s/savepoints/%s".formatted(jobId, id);
    }

    @Override
    public String name() {
        return "savepoint";
    }
}
