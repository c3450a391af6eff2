package dev.drey.server;

import java.util.Collection;
import java.util.Optional;
import org.apache.flink.runtime.accumulators.StringifiedAccumulatorResult;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.rest.messages.JobPlanInfo;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.adaptive.timeline.Rescale;
import org.apache.flink.runtime.scheduler.exceptionhistory.RootExceptionHistoryEntry;
import org.apache.flink.util.SerializedValue;

/**
 * About how many bytes what the cluster answered takes in memory: what grows with a job is counted,
 * each at the size it has on a 64-bit VM. Counting takes far less than walking the objects.
 */
public final class MemorySizes {

    private static final long JOB = 8_192;
    private static final long PLAN_NODE = 512;
    private static final long ATTEMPT = 1_024;
    private static final long CHECKPOINT = 512;
    private static final long CHECKPOINTED_TASK = 1_024;
    private static final long CHECKPOINTED_SUBTASK = 128;
    private static final long ACCUMULATOR = 128;
    private static final long FAILURE = 1_024;
    private static final long SCHEDULER_STATE = 256;
    private static final long RESCALE = 1_024;
    private static final long RESCALED_VERTEX = 256;

    static long of(ExecutionGraphInfo info) {
        AccessExecutionGraph graph = info.getArchivedExecutionGraph();
        long size = JOB + length(graph.getStreamGraphJson());
        if (graph.getPlan() != null) {
            for (JobPlanInfo.Plan.Node node : graph.getPlan().getNodes()) {
                size += PLAN_NODE + length(node.getDescription());
            }
        }
        for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
            size += of(task.getCurrentExecutionAttempt());
            for (AccessExecution attempt : task.getExecutionHistory().getHistoricalExecutions()) {
                size += of(attempt);
            }
        }
        size += of(graph.getAccumulatorResultsStringified());
        for (SerializedValue<?> value : graph.getAccumulatorsSerialized().values()) {
            size += ACCUMULATOR + value.getByteArray().length;
        }
        for (RootExceptionHistoryEntry failure : info.getExceptionHistory()) {
            size += of(Optional.of(failure));
            for (ErrorInfo concurrent : failure.getConcurrentExceptions()) {
                size += of(Optional.of(concurrent));
            }
        }
        if (info.getRescalesStatsSnapshot() != null) {
            for (Rescale rescale : info.getRescalesStatsSnapshot().getRescaleHistory()) {
                size += of(rescale);
            }
        }
        CheckpointStatsSnapshot checkpoints = graph.getCheckpointStatsSnapshot();
        return checkpoints == null ? size : size + of(checkpoints);
    }

    static long of(CheckpointStatsSnapshot statistics) {
        return of(statistics.getHistory().getCheckpoints());
    }

    /** Checkpoints of one job. */
    public static long of(Collection<AbstractCheckpointStats> checkpoints) {
        long size = JOB;
        for (AbstractCheckpointStats checkpoint : checkpoints) {
            size += CHECKPOINT;
            for (TaskStateStats task : checkpoint.getAllTaskStateStats()) {
                size += CHECKPOINTED_TASK + task.getNumberOfSubtasks() * CHECKPOINTED_SUBTASK;
            }
        }
        return size;
    }

    /** Counted by its numbers alone: while it is under way, its scheduler writes to it. */
    private static long of(Rescale rescale) {
        return RESCALE
                + rescale.getVertices().size() * RESCALED_VERTEX
                + rescale.getSchedulerStates().size() * SCHEDULER_STATE;
    }

    private static long of(AccessExecution attempt) {
        return ATTEMPT
                + of(attempt.getUserAccumulatorsStringified())
                + of(attempt.getFailureInfo());
    }

    private static long of(StringifiedAccumulatorResult[] accumulators) {
        long size = 0;
        if (accumulators != null) {
            for (StringifiedAccumulatorResult accumulator : accumulators) {
                size +=
                        ACCUMULATOR
                                + length(accumulator.getName())
                                + length(accumulator.getValue());
            }
        }
        return size;
    }

    private static long of(Optional<? extends ErrorInfo> failure) {
        return failure.map(
                        error ->
                                FAILURE
                                        + 2 * length(error.getExceptionAsString())
                                        + length(error.getException().getSerializedException()))
                .orElse(0L);
    }

    /** Flink has none of an exception that does not let itself be serialized. */
    private static long length(byte[] serialized) {
        return serialized == null ? 0 : serialized.length;
    }

    /** Text is Latin most of the time: one byte each. */
    private static long length(String text) {
        return text == null ? 0 : text.length();
    }

    private MemorySizes() {}
}
