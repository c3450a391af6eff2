package dev.drey.server.savepoints;

import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.savepoints.SavepointInfo;
import dev.drey.server.async.OperationConverter;
import org.apache.flink.runtime.rest.handler.async.OperationResult;

final class SavepointsConverter {

    static AsynchronousOperationResult<SavepointInfo> status(OperationResult<String> result) {
        return OperationConverter.status(result, SavepointInfo::completed, SavepointInfo::failed);
    }

    private SavepointsConverter() {}
}
