package dev.drey.server.checkpoints;

import static dev.drey.server.checkpoints.TrackedCheckpoints.CHECKPOINT;
import static dev.drey.server.checkpoints.TrackedCheckpoints.SOURCE;
import static dev.drey.server.checkpoints.TrackedCheckpoints.acknowledged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import jakarta.ws.rs.NotFoundException;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointProperties;
import org.apache.flink.runtime.checkpoint.CheckpointStatsBridge;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.DefaultCheckpointStatsTracker;
import org.apache.flink.runtime.checkpoint.PendingCheckpointStats;
import org.apache.flink.runtime.rest.handler.job.checkpoints.CheckpointStatisticDetailsHandler;
import org.apache.flink.runtime.rest.handler.job.checkpoints.CheckpointStatsCache;
import org.apache.flink.runtime.rest.handler.job.checkpoints.CheckpointingStatisticsHandler;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatisticDetailsHeaders;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointsConverterTest {

    private final TrackedCheckpoints checkpoints = new TrackedCheckpoints();
    private final DefaultCheckpointStatsTracker tracker = checkpoints.tracker();

    static Stream<CheckpointProperties> kindsOfCheckpoints() {
        return Stream.of(
                CHECKPOINT,
                CheckpointProperties.forSavepoint(true, SavepointFormatType.CANONICAL),
                CheckpointProperties.forSavepoint(false, SavepointFormatType.NATIVE),
                CheckpointProperties.forSyncSavepoint(true, true, SavepointFormatType.CANONICAL),
                CheckpointProperties.forSyncSavepoint(true, false, SavepointFormatType.NATIVE),
                CheckpointProperties.forUnclaimedSnapshot());
    }

    @Test
    void aJobWithoutCheckpointsHasFiguresThatAreNoNumbers() {
        JsonNode answer = assertSameAsFlink();

        assertThat(answer.get("summary").get("state_size").get("p50").textValue()).isEqualTo("NaN");
        assertThat(answer.get("latest").get("completed").isNull()).isTrue();
    }

    @Test
    void aJobThatHasNotStartedHasThem() {
        assertSameAsFlink(CheckpointStatsSnapshot.empty());
    }

    @ParameterizedTest
    @MethodSource("kindsOfCheckpoints")
    void aCheckpointInProgressIsShown(CheckpointProperties properties) {
        PendingCheckpointStats pending = checkpoints.trigger(1, properties);
        assertSameAsFlink();

        CheckpointStatsBridge.acknowledge(pending, SOURCE, 1, 1_500, 40, false);
        JsonNode answer = assertSameAsFlink(refreshed());

        assertThat(answer.get("history").get(0).get("status").textValue()).isEqualTo("IN_PROGRESS");
        assertThat(answer.get("counts").get("in_progress").intValue()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("kindsOfCheckpoints")
    void aCompletedCheckpointIsShown(CheckpointProperties properties) {
        CheckpointStatsBridge.complete(
                tracker,
                acknowledged(checkpoints.trigger(1, properties), false),
                "file:///checkpoints/1");

        JsonNode answer = assertSameAsFlink();

        assertThat(answer.get("history").get(0).get("status").textValue()).isEqualTo("COMPLETED");
    }

    @Test
    void anUnalignedCheckpointWithoutAPathOfItsOwnIsShown() {
        CheckpointStatsBridge.complete(
                tracker, acknowledged(checkpoints.trigger(1, CHECKPOINT), true), null);

        JsonNode checkpoint = assertSameAsFlink().get("history").get(0);

        assertThat(checkpoint.get("checkpoint_type").textValue()).isEqualTo("UNALIGNED_CHECKPOINT");
        assertThat(checkpoint.get("external_path").isNull()).isTrue();
    }

    @Test
    void aDiscardedCheckpointIsShown() {
        CompletedCheckpointStats completed =
                CheckpointStatsBridge.complete(
                        tracker,
                        acknowledged(checkpoints.trigger(1, CHECKPOINT), false),
                        "file:///1");
        CheckpointStatsBridge.discard(completed);

        JsonNode answer = assertSameAsFlink();

        assertThat(answer.get("latest").get("completed").get("discarded").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("kindsOfCheckpoints")
    void aFailedCheckpointIsShownWithAndWithoutAReason(CheckpointProperties properties) {
        CheckpointStatsBridge.fail(tracker, checkpoints.trigger(1, properties), 1_900, null);
        assertSameAsFlink();
        CheckpointStatsBridge.fail(
                tracker,
                acknowledged(checkpoints.trigger(2, properties), false),
                1_950,
                new IOException("disk full"));

        JsonNode failed = assertSameAsFlink().get("latest").get("failed");

        assertThat(failed.get("failure_message").textValue()).isEqualTo("disk full");
    }

    @ParameterizedTest
    @MethodSource("kindsOfCheckpoints")
    void theCheckpointAJobWasRestoredFromIsShown(CheckpointProperties properties) {
        tracker.reportInitializationStarted(Set.of(), 1_234);
        tracker.reportRestoredCheckpoint(7, properties, "file:///savepoints/7", 999);

        JsonNode restored = assertSameAsFlink().get("latest").get("restored");

        assertThat(restored.get("id").longValue()).isEqualTo(7);
    }

    @Test
    void aLongHistoryIsShownNewestFirst() {
        for (int id = 1; id <= 30; id++) {
            PendingCheckpointStats checkpoint = checkpoints.trigger(id, CHECKPOINT);
            switch (id % 3) {
                case 0 -> CheckpointStatsBridge.fail(tracker, checkpoint, 5_000, null);
                case 1 ->
                        CheckpointStatsBridge.complete(
                                tracker, acknowledged(checkpoint, id % 2 == 0), "file:///" + id);
                default -> acknowledged(checkpoint, false);
            }
        }

        JsonNode history = assertSameAsFlink().get("history");

        assertThat(history).hasSize(10);
        assertThat(history.get(0).get("id").longValue()).isEqualTo(30);
    }

    @ParameterizedTest
    @MethodSource("kindsOfCheckpoints")
    void oneCheckpointIsShownWithItsTasks(CheckpointProperties properties) {
        CheckpointStatsBridge.complete(
                tracker,
                acknowledged(checkpoints.trigger(1, properties), false),
                "file:///checkpoints/1");
        CheckpointStatsBridge.fail(
                tracker,
                acknowledged(checkpoints.trigger(2, properties), false),
                2_950,
                new IOException("disk full"));
        CheckpointStatsBridge.fail(tracker, checkpoints.trigger(3, properties), 3_950, null);
        CheckpointStatsBridge.acknowledge(
                checkpoints.trigger(4, properties), SOURCE, 1, 4_500, 40, false);
        checkpoints.trigger(5, properties);

        assertDetailsSameAsFlink();
    }

    @Test
    void aJobThatTakesNoneIsRefused() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> CheckpointsConverter.statistics(null))
                .withMessage("Checkpointing is not enabled for this job");
    }

    /** Acknowledgements alone make no new snapshot. */
    private CheckpointStatsSnapshot refreshed() {
        checkpoints.trigger(99, CHECKPOINT);
        return tracker.createSnapshot();
    }

    private JsonNode assertSameAsFlink() {
        return assertSameAsFlink(tracker.createSnapshot());
    }

    private static JsonNode assertSameAsFlink(CheckpointStatsSnapshot snapshot) {
        JsonNode ours = JsonTrees.ofDrey(CheckpointsConverter.statistics(snapshot));
        assertThat(ours).isEqualTo(flinks(snapshot));
        return ours;
    }

    private static JsonNode flinks(CheckpointStatsSnapshot snapshot) {
        return TrackedCheckpoints.archived(
                        CheckpointingStatisticsHandler.class,
                        snapshot,
                        CheckpointingStatisticsHeaders.getInstance(),
                        null,
                        TrackedCheckpoints.sameThread())
                .get(0);
    }

    /** All checkpoints of the history, each in full. */
    private void assertDetailsSameAsFlink() {
        CheckpointStatsSnapshot snapshot = checkpoints.snapshot();
        assertThat(
                        snapshot.getHistory().getCheckpoints().stream()
                                .map(CheckpointsConverter::details)
                                .map(JsonTrees::ofDrey)
                                .map(JsonNode::toString))
                .isNotEmpty()
                .containsExactlyElementsOf(
                        TrackedCheckpoints.archived(
                                        CheckpointStatisticDetailsHandler.class,
                                        snapshot,
                                        CheckpointStatisticDetailsHeaders.getInstance(),
                                        TrackedCheckpoints.sameThread(),
                                        null,
                                        new CheckpointStatsCache(0))
                                .stream()
                                .map(JsonNode::toString)
                                .toList());
    }
}
