package dev.drey.server.checkpoints;

import dev.drey.server.async.JobOperation;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.rest.handler.async.OperationResult;
import org.apache.flink.runtime.rest.handler.job.AsynchronousJobOperationKey;

/** How far a triggered checkpoint is; its result is the checkpoint's id. */
record CheckpointOperation(AsynchronousJobOperationKey key) implements JobOperation<Long> {

    @Override
    public CompletableFuture<OperationResult<Long>> status(DispatcherGateway dispatcher) {
        return dispatcher.getTriggeredCheckpointStatus(key);
    }

    @Override
    public String kind() {
        return "checkpoint";
    }
}
