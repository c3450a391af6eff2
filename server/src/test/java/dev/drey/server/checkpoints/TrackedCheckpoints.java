package dev.drey.server.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.flink.runtime.checkpoint.CheckpointProperties;
import org.apache.flink.runtime.checkpoint.CheckpointRetentionPolicy;
import org.apache.flink.runtime.checkpoint.CheckpointStatsBridge;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.DefaultCheckpointStatsTracker;
import org.apache.flink.runtime.checkpoint.PendingCheckpointStats;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.webmonitor.RestfulGateway;
import org.apache.flink.runtime.webmonitor.history.ArchivedJson;
import org.apache.flink.runtime.webmonitor.history.OnlyExecutionGraphJsonArchivist;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;

/** The checkpoints of a job with two sources and a sink, as Flink keeps account of them. */
public final class TrackedCheckpoints {

    static final JobVertexID SOURCE = new JobVertexID(1, 2);
    static final JobVertexID SINK = new JobVertexID(3, 4);
    public static final CheckpointProperties CHECKPOINT =
            CheckpointProperties.forCheckpoint(CheckpointRetentionPolicy.RETAIN_ON_CANCELLATION);

    private static final int HISTORY = 10;

    private final DefaultCheckpointStatsTracker tracker =
            new DefaultCheckpointStatsTracker(
                    HISTORY, UnregisteredMetricGroups.createUnregisteredJobManagerJobMetricGroup());

    public DefaultCheckpointStatsTracker tracker() {
        return tracker;
    }

    public CheckpointStatsSnapshot snapshot() {
        return tracker.createSnapshot();
    }

    public PendingCheckpointStats trigger(long id, CheckpointProperties properties) {
        return tracker.reportPendingCheckpoint(
                id, 1_000 * id, properties, Map.of(SOURCE, 2, SINK, 1));
    }

    /** A checkpoint from its trigger to its end. */
    public void complete(long id) {
        CheckpointStatsBridge.complete(
                tracker, acknowledged(trigger(id, CHECKPOINT), false), "file:///" + id);
    }

    public static PendingCheckpointStats acknowledged(
            PendingCheckpointStats checkpoint, boolean unaligned) {
        long triggered = checkpoint.getTriggerTimestamp();
        CheckpointStatsBridge.acknowledge(checkpoint, SOURCE, 0, triggered + 20, 100, unaligned);
        CheckpointStatsBridge.acknowledge(checkpoint, SOURCE, 1, triggered + 30, 250, unaligned);
        CheckpointStatsBridge.acknowledge(checkpoint, SINK, 0, triggered + 25, 0, unaligned);
        return checkpoint;
    }

    /**
     * What a handler of Flink makes of {@code statistics}.
     *
     * @param headers its message headers
     * @param more what its constructor takes beside what all handlers take
     */
    static List<JsonNode> archived(
            Class<? extends OnlyExecutionGraphJsonArchivist> handler,
            CheckpointStatsSnapshot statistics,
            Object headers,
            Object... more) {
        GatewayRetriever<RestfulGateway> nobody = CompletableFuture::new;
        List<Object> arguments =
                new ArrayList<>(List.of(nobody, Duration.ofSeconds(1), Map.of(), headers));
        arguments.addAll(Arrays.asList(more));
        try {
            // By reflection, since the constructor names a shaded class that is Flink's own affair.
            OnlyExecutionGraphJsonArchivist oracle =
                    (OnlyExecutionGraphJsonArchivist)
                            handler.getConstructors()[0].newInstance(arguments.toArray());
            return oracle
                    .archiveJsonWithPath(
                            new ArchivedExecutionGraphBuilder()
                                    .setCheckpointStatsSnapshot(statistics)
                                    .build())
                    .stream()
                    .map(ArchivedJson::getJson)
                    .map(JsonTrees::of)
                    .toList();
        } catch (ReflectiveOperationException | IOException e) {
            throw new AssertionError(e);
        }
    }

    static Executor sameThread() {
        return Runnable::run;
    }
}
