package dev.drey.server.checkpoints;

import static dev.drey.server.checkpoints.TrackedCheckpoints.CHECKPOINT;
import static dev.drey.server.checkpoints.TrackedCheckpoints.SINK;
import static dev.drey.server.checkpoints.TrackedCheckpoints.SOURCE;
import static dev.drey.server.checkpoints.TrackedCheckpoints.acknowledged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import jakarta.ws.rs.NotFoundException;
import java.util.List;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsBridge;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.PendingCheckpointStats;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.handler.job.checkpoints.CheckpointStatsCache;
import org.apache.flink.runtime.rest.handler.job.checkpoints.TaskCheckpointStatisticDetailsHandler;
import org.apache.flink.runtime.rest.messages.checkpoints.TaskCheckpointStatisticsHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskCheckpointsConverterTest {

    private final TrackedCheckpoints checkpoints = new TrackedCheckpoints();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCompletedCheckpointHasAllSubtasks(boolean unaligned) {
        CheckpointStatsBridge.complete(
                checkpoints.tracker(),
                acknowledged(checkpoints.trigger(1, CHECKPOINT), unaligned),
                "file:///1");

        JsonNode source = assertSameAsFlink(SOURCE);

        assertThat(source.get("subtasks"))
                .hasSize(2)
                .allMatch(subtask -> subtask.get("className").textValue().equals("completed"));
        assertThat(source.get("summary").get("end_to_end_duration").get("max").longValue())
                .isEqualTo(30);
    }

    @Test
    void whatHasNotReportedIsPending() {
        PendingCheckpointStats pending = checkpoints.trigger(1, CHECKPOINT);
        CheckpointStatsBridge.acknowledge(pending, SOURCE, 1, 1_500, 40, false);

        JsonNode subtasks = assertSameAsFlink(SOURCE).get("subtasks");

        assertThat(subtasks.get(0))
                .isEqualTo(
                        JsonTrees.of(
                                "{\"className\":\"pending\",\"index\":0,"
                                        + "\"status\":\"pending_or_failed\"}"));
        assertThat(subtasks.get(1).get("status").textValue()).isEqualTo("completed");
    }

    @Test
    void aVertexOfWhichNothingHasReportedHasNoFigures() {
        checkpoints.trigger(1, CHECKPOINT);

        JsonNode sink = assertSameAsFlink(SINK);

        assertThat(sink.get("end_to_end_duration").longValue()).isEqualTo(-1);
        assertThat(sink.get("summary").get("end_to_end_duration").get("min").longValue()).isZero();
    }

    @Test
    void aSubtaskThatGaveUpSaysSo() {
        PendingCheckpointStats pending = checkpoints.trigger(1, CHECKPOINT);
        CheckpointStatsBridge.acknowledge(pending, SOURCE, 0, 1_400, 10, false);
        CheckpointStatsBridge.abort(pending, SOURCE, 1, 1_500, 40);
        CheckpointStatsBridge.fail(checkpoints.tracker(), pending, 1_900, null);

        JsonNode source = assertSameAsFlink(SOURCE);

        assertThat(source.get("status").textValue()).isEqualTo("FAILED");
        assertThat(source.get("subtasks").get(1).get("aborted").booleanValue()).isTrue();
    }

    @Test
    void aVertexThatTheCheckpointDoesNotHaveIsRefused() {
        AbstractCheckpointStats checkpoint = checkpoints.trigger(1, CHECKPOINT);
        JobVertexID other = new JobVertexID(5, 6);

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> TaskCheckpointsConverter.subtasks(checkpoint, other))
                .withMessage("Checkpoint 1 has no vertex " + other);
    }

    /** The answer is compared as text: the order of its fields counts. */
    private JsonNode assertSameAsFlink(JobVertexID vertex) {
        CheckpointStatsSnapshot snapshot = checkpoints.snapshot();
        JsonNode ours =
                JsonTrees.ofDrey(
                        TaskCheckpointsConverter.subtasks(
                                snapshot.getHistory().getCheckpointById(1), vertex));
        List<String> flinks =
                TrackedCheckpoints.archived(
                                TaskCheckpointStatisticDetailsHandler.class,
                                snapshot,
                                TaskCheckpointStatisticsHeaders.getInstance(),
                                TrackedCheckpoints.sameThread(),
                                null,
                                new CheckpointStatsCache(0))
                        .stream()
                        .map(JsonNode::toString)
                        .toList();
        assertThat(flinks).hasSize(2).contains(ours.toString());
        return ours;
    }
}
