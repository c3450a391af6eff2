package dev.drey.server.savepoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.server.JsonTrees;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.apache.flink.runtime.rest.handler.async.AsynchronousOperationResult;
import org.apache.flink.runtime.rest.handler.async.OperationResult;
import org.apache.flink.runtime.rest.messages.job.savepoints.SavepointInfo;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class SavepointOperationTest {

    private static final SavepointOperation OPERATION =
            SavepointOperation.of(
                    new JobId("0123456789abcdef0123456789abcdef"), TriggerId.random());

    @Test
    void anOperationInProgressHasNoOutcome() {
        assertThat(ours(OperationResult.inProgress()))
                .isEqualTo(JsonTrees.ofFlink(AsynchronousOperationResult.inProgress()));
    }

    @Test
    void aSavepointHasAPlace() {
        String place = "file:/savepoints/savepoint-0123ab-cdef";

        assertThat(ours(OperationResult.success(place)))
                .isEqualTo(
                        JsonTrees.ofFlink(
                                AsynchronousOperationResult.completed(
                                        new SavepointInfo(place, null))));
    }

    @Test
    void aFailureIsToldAsFlinksClientReadsIt() {
        Throwable failure =
                new CompletionException(new IllegalStateException("no", new IOException("disk")));

        assertThat(ours(OperationResult.failure(failure)))
                .isEqualTo(
                        JsonTrees.ofFlink(
                                AsynchronousOperationResult.completed(
                                        new SavepointInfo(
                                                null, new SerializedThrowable(failure)))));
    }

    private static JsonNode ours(OperationResult<String> result) {
        return JsonTrees.ofDrey(OPERATION.shown(result));
    }
}
