package dev.drey.server.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import jakarta.ws.rs.NotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointProperties;
import org.apache.flink.runtime.checkpoint.CheckpointRetentionPolicy;
import org.apache.flink.runtime.checkpoint.CheckpointStatsBridge;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.DefaultCheckpointStatsTracker;
import org.apache.flink.runtime.checkpoint.PendingCheckpointStats;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.runtime.rest.handler.job.checkpoints.CheckpointingStatisticsHandler;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.apache.flink.runtime.webmonitor.RestfulGateway;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointsConverterTest {

    private static final JobVertexID SOURCE = new JobVertexID(1, 2);
    private static final JobVertexID SINK = new JobVertexID(3, 4);
    private static final CheckpointProperties CHECKPOINT =
            CheckpointProperties.forCheckpoint(CheckpointRetentionPolicy.RETAIN_ON_CANCELLATION);

    private final DefaultCheckpointStatsTracker tracker =
            new DefaultCheckpointStatsTracker(
                    10, UnregisteredMetricGroups.createUnregisteredJobManagerJobMetricGroup());

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
        PendingCheckpointStats pending = trigger(1, properties);
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
                tracker, acknowledged(trigger(1, properties), false), "file:///checkpoints/1");

        JsonNode answer = assertSameAsFlink();

        assertThat(answer.get("history").get(0).get("status").textValue()).isEqualTo("COMPLETED");
    }

    @Test
    void anUnalignedCheckpointWithoutAPathOfItsOwnIsShown() {
        CheckpointStatsBridge.complete(tracker, acknowledged(trigger(1, CHECKPOINT), true), null);

        JsonNode checkpoint = assertSameAsFlink().get("history").get(0);

        assertThat(checkpoint.get("checkpoint_type").textValue()).isEqualTo("UNALIGNED_CHECKPOINT");
        assertThat(checkpoint.get("external_path").isNull()).isTrue();
    }

    @Test
    void aDiscardedCheckpointIsShown() {
        CompletedCheckpointStats completed =
                CheckpointStatsBridge.complete(
                        tracker, acknowledged(trigger(1, CHECKPOINT), false), "file:///1");
        CheckpointStatsBridge.discard(completed);

        JsonNode answer = assertSameAsFlink();

        assertThat(answer.get("latest").get("completed").get("discarded").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("kindsOfCheckpoints")
    void aFailedCheckpointIsShownWithAndWithoutAReason(CheckpointProperties properties) {
        CheckpointStatsBridge.fail(tracker, trigger(1, properties), 1_900, null);
        assertSameAsFlink();
        CheckpointStatsBridge.fail(
                tracker,
                acknowledged(trigger(2, properties), false),
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
            PendingCheckpointStats checkpoint = trigger(id, CHECKPOINT);
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

    @Test
    void aJobThatTakesNoneIsRefused() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> CheckpointsConverter.statistics(null))
                .withMessage("Checkpointing is not enabled for this job");
    }

    private PendingCheckpointStats trigger(long id, CheckpointProperties properties) {
        return tracker.reportPendingCheckpoint(
                id, 1_000 * id, properties, Map.of(SOURCE, 2, SINK, 1));
    }

    private static PendingCheckpointStats acknowledged(
            PendingCheckpointStats checkpoint, boolean unaligned) {
        long triggered = checkpoint.getTriggerTimestamp();
        CheckpointStatsBridge.acknowledge(checkpoint, SOURCE, 0, triggered + 20, 100, unaligned);
        CheckpointStatsBridge.acknowledge(checkpoint, SOURCE, 1, triggered + 30, 250, unaligned);
        CheckpointStatsBridge.acknowledge(checkpoint, SINK, 0, triggered + 25, 0, unaligned);
        return checkpoint;
    }

    /** Acknowledgements alone make no new snapshot. */
    private CheckpointStatsSnapshot refreshed() {
        trigger(99, CHECKPOINT);
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

    /** By reflection, since the constructor names a shaded class that is Flink's own affair. */
    private static JsonNode flinks(CheckpointStatsSnapshot snapshot) {
        GatewayRetriever<RestfulGateway> nobody = CompletableFuture::new;
        Executor sameThread = Runnable::run;
        try {
            CheckpointingStatisticsHandler oracle =
                    (CheckpointingStatisticsHandler)
                            CheckpointingStatisticsHandler.class.getConstructors()[0].newInstance(
                                    nobody,
                                    Duration.ofSeconds(1),
                                    Map.of(),
                                    CheckpointingStatisticsHeaders.getInstance(),
                                    null,
                                    sameThread);
            return JsonTrees.of(
                    oracle.archiveJsonWithPath(
                                    new ArchivedExecutionGraphBuilder()
                                            .setCheckpointStatsSnapshot(snapshot)
                                            .build())
                            .iterator()
                            .next()
                            .getJson());
        } catch (ReflectiveOperationException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
