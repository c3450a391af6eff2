package dev.drey.server.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.server.JsonTrees;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.apache.flink.runtime.rest.handler.async.AsynchronousOperationResult;
import org.apache.flink.runtime.rest.handler.async.OperationResult;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointInfo;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class CheckpointOperationTest {

    private static final CheckpointOperation OPERATION =
            new CheckpointOperation(
                    new JobId("0123456789abcdef0123456789abcdef"), TriggerId.random());

    @Test
    void anOperationInProgressHasNoOutcome() {
        assertThat(ours(OperationResult.inProgress()))
                .isEqualTo(JsonTrees.ofFlink(AsynchronousOperationResult.inProgress()));
    }

    @Test
    void aTriggeredCheckpointHasAnId() {
        assertThat(ours(OperationResult.success(7L)))
                .isEqualTo(
                        JsonTrees.ofFlink(
                                AsynchronousOperationResult.completed(
                                        new CheckpointInfo(7L, null))));
    }

    @Test
    void aFailureIsToldAsFlinksClientReadsIt() {
        Throwable failure = new CompletionException(new IOException("disk full"));

        assertThat(ours(OperationResult.failure(failure)))
                .isEqualTo(
                        JsonTrees.ofFlink(
                                AsynchronousOperationResult.completed(
                                        new CheckpointInfo(
                                                null, new SerializedThrowable(failure)))));
    }

    private static JsonNode ours(OperationResult<Long> result) {
        return JsonTrees.ofDrey(OPERATION.shown(result));
    }
}
