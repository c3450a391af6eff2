package dev.drey.server.savepoints;

import dev.drey.server.async.JobOperation;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.rest.handler.async.OperationResult;
import org.apache.flink.runtime.rest.handler.job.AsynchronousJobOperationKey;

/** How far a savepoint is; its result is where it lies. */
record SavepointOperation(AsynchronousJobOperationKey key) implements JobOperation<String> {

    @Override
    public CompletableFuture<OperationResult<String>> status(DispatcherGateway dispatcher) {
        return dispatcher.getTriggeredSavepointStatus(key);
    }

    @Override
    public String kind() {
        return "savepoint";
    }
}
