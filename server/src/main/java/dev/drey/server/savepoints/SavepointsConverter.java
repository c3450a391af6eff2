package dev.drey.server.savepoints;

import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.savepoints.SavepointInfo;
import dev.drey.server.error.SerializedThrowables;
import org.apache.flink.runtime.rest.handler.async.OperationResult;

final class SavepointsConverter {

    static AsynchronousOperationResult<SavepointInfo> status(OperationResult<String> result) {
        return switch (result.getStatus()) {
            case IN_PROGRESS -> AsynchronousOperationResult.inProgress();
            case SUCCESS ->
                    AsynchronousOperationResult.completed(
                            SavepointInfo.completed(result.getResult()));
            case FAILURE ->
                    AsynchronousOperationResult.completed(
                            SavepointInfo.failed(SerializedThrowables.of(result.getThrowable())));
        };
    }

    private SavepointsConverter() {}
}
