package dev.drey.server.checkpoints;

import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.checkpoints.CheckpointInfo;
import dev.drey.model.error.SerializedThrowable;
import dev.drey.server.async.JobOperation;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.rest.handler.async.OperationResult;
import org.apache.flink.runtime.rest.handler.job.AsynchronousJobOperationKey;

/** A triggered checkpoint; its result is the checkpoint's id. */
record CheckpointOperation(JobId jobId, TriggerId id)
        implements JobOperation<Long, CheckpointInfo> {

    @Override
    public CompletableFuture<OperationResult<Long>> status(
            DispatcherGateway dispatcher, AsynchronousJobOperationKey key) {
        return dispatcher.getTriggeredCheckpointStatus(key);
    }

    @Override
    public CheckpointInfo completed(Long checkpointId) {
        return CheckpointInfo.completed(checkpointId);
    }

    @Override
    public CheckpointInfo failed(SerializedThrowable cause) {
        return CheckpointInfo.failed(cause);
    }

    @Override
    public String statusPath() {
        return "/jobs/%s/checkpoints/%s".formatted(jobId, id);
    }

    @Override
    public String name() {
        return "checkpoint";
    }
}
