package dev.drey.server.checkpoints;

import dev.drey.model.JobVertexId;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.checkpoints.CheckpointStatistics.CheckpointStatsStatus;
import dev.drey.model.checkpoints.CheckpointStatistics.RestAPICheckpointType;
import dev.drey.model.checkpoints.CheckpointingStatistics;
import dev.drey.model.checkpoints.StatsSummaryDto;
import dev.drey.model.checkpoints.TaskCheckpointStatistics;
import dev.drey.server.Ids;
import jakarta.ws.rs.NotFoundException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsCounts;
import org.apache.flink.runtime.checkpoint.CheckpointStatsHistory;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStatsSummarySnapshot;
import org.apache.flink.runtime.checkpoint.FailedCheckpointStats;
import org.apache.flink.runtime.checkpoint.PendingCheckpointStats;
import org.apache.flink.runtime.checkpoint.RestoredCheckpointStats;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.checkpoint.SnapshotType;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.runtime.util.stats.StatsSummarySnapshot;

/** Its summaries show the durations of rescales too. */
public final class CheckpointsConverter {

    /** Flink has stopped measuring this figure and goes on to send it. */
    static final long NO_ALIGNMENT_BUFFERED = 0;

    static final StatsSummaryDto NO_ALIGNMENT_BUFFERED_SUMMARY =
            new StatsSummaryDto(0, 0, 0, 0, 0, 0, 0, 0);

    /** Lists do not tell of tasks. */
    private static final Map<JobVertexId, TaskCheckpointStatistics> NO_TASKS = Map.of();

    static CheckpointingStatistics statistics(CheckpointStatsSnapshot snapshot) {
        if (snapshot == null) {
            throw new NotFoundException("Checkpointing is not enabled for this job");
        }
        return new CheckpointingStatistics(
                counts(snapshot.getCounts()),
                summary(snapshot.getSummaryStats()),
                latest(snapshot),
                snapshot.getHistory().getCheckpoints().stream()
                        .map(checkpoint -> checkpoint(checkpoint, NO_TASKS))
                        .toList());
    }

    static CheckpointStatistics details(AbstractCheckpointStats stats) {
        Map<JobVertexId, TaskCheckpointStatistics> tasks = new LinkedHashMap<>();
        for (TaskStateStats task : stats.getAllTaskStateStats()) {
            tasks.put(Ids.of(task.getJobVertexId()), task(stats, task));
        }
        return checkpoint(stats, tasks);
    }

    static TaskCheckpointStatistics task(AbstractCheckpointStats checkpoint, TaskStateStats task) {
        return new TaskCheckpointStatistics(
                checkpoint.getCheckpointId(),
                status(checkpoint),
                task.getLatestAckTimestamp(),
                task.getCheckpointedSize(),
                task.getStateSize(),
                task.getEndToEndDuration(checkpoint.getTriggerTimestamp()),
                NO_ALIGNMENT_BUFFERED,
                task.getProcessedDataStats(),
                task.getPersistedDataStats(),
                task.getNumberOfSubtasks(),
                task.getNumberOfAcknowledgedSubtasks());
    }

    private static CheckpointingStatistics.Counts counts(CheckpointStatsCounts counts) {
        return new CheckpointingStatistics.Counts(
                counts.getNumberOfRestoredCheckpoints(),
                counts.getTotalNumberOfCheckpoints(),
                counts.getNumberOfInProgressCheckpoints(),
                counts.getNumberOfCompletedCheckpoints(),
                counts.getNumberOfFailedCheckpoints());
    }

    private static CheckpointingStatistics.Summary summary(
            CompletedCheckpointStatsSummarySnapshot summary) {
        return new CheckpointingStatistics.Summary(
                summary(summary.getCheckpointedSize()),
                summary(summary.getStateSizeStats()),
                summary(summary.getEndToEndDurationStats()),
                NO_ALIGNMENT_BUFFERED_SUMMARY,
                summary(summary.getProcessedDataStats()),
                summary(summary.getPersistedDataStats()));
    }

    /** Extremes, mean and quantiles of {@code figures}. */
    public static StatsSummaryDto summary(StatsSummarySnapshot figures) {
        return new StatsSummaryDto(
                figures.getMinimum(),
                figures.getMaximum(),
                figures.getAverage(),
                figures.getQuantile(0.5),
                figures.getQuantile(0.9),
                figures.getQuantile(0.95),
                figures.getQuantile(0.99),
                figures.getQuantile(0.999));
    }

    private static CheckpointingStatistics.LatestCheckpoints latest(
            CheckpointStatsSnapshot snapshot) {
        CheckpointStatsHistory history = snapshot.getHistory();
        CompletedCheckpointStats completed = history.getLatestCompletedCheckpoint();
        CompletedCheckpointStats savepoint = history.getLatestSavepoint();
        FailedCheckpointStats failed = history.getLatestFailedCheckpoint();
        return new CheckpointingStatistics.LatestCheckpoints(
                completed == null ? null : completed(completed, NO_TASKS),
                savepoint == null ? null : completed(savepoint, NO_TASKS),
                failed == null ? null : failed(failed, NO_TASKS),
                restored(snapshot.getLatestRestoredCheckpoint()));
    }

    private static CheckpointingStatistics.RestoredCheckpointStatistics restored(
            RestoredCheckpointStats restored) {
        return restored == null
                ? null
                : new CheckpointingStatistics.RestoredCheckpointStatistics(
                        restored.getCheckpointId(),
                        restored.getRestoreTimestamp(),
                        restored.getProperties().isSavepoint(),
                        restored.getExternalPath());
    }

    /** A checkpoint without its tasks. */
    public static CheckpointStatistics inBrief(AbstractCheckpointStats stats) {
        return checkpoint(stats, NO_TASKS);
    }

    private static CheckpointStatistics checkpoint(
            AbstractCheckpointStats stats, Map<JobVertexId, TaskCheckpointStatistics> tasks) {
        if (stats instanceof CompletedCheckpointStats completed) {
            return completed(completed, tasks);
        }
        if (stats instanceof FailedCheckpointStats failed) {
            return failed(failed, tasks);
        }
        if (stats instanceof PendingCheckpointStats pending) {
            return pending(pending, tasks);
        }
        throw new IllegalArgumentException("No such kind of checkpoint: " + stats.getClass());
    }

    private static CheckpointStatistics.Completed completed(
            CompletedCheckpointStats stats, Map<JobVertexId, TaskCheckpointStatistics> tasks) {
        return new CheckpointStatistics.Completed(
                stats.getCheckpointId(),
                status(stats),
                isSavepoint(stats),
                savepointFormat(stats),
                stats.getTriggerTimestamp(),
                stats.getLatestAckTimestamp(),
                stats.getCheckpointedSize(),
                stats.getStateSize(),
                stats.getEndToEndDuration(),
                NO_ALIGNMENT_BUFFERED,
                stats.getProcessedData(),
                stats.getPersistedData(),
                stats.getNumberOfSubtasks(),
                stats.getNumberOfAcknowledgedSubtasks(),
                type(stats),
                tasks,
                stats.getExternalPath(),
                stats.isDiscarded());
    }

    private static CheckpointStatistics.Failed failed(
            FailedCheckpointStats stats, Map<JobVertexId, TaskCheckpointStatistics> tasks) {
        return new CheckpointStatistics.Failed(
                stats.getCheckpointId(),
                status(stats),
                isSavepoint(stats),
                savepointFormat(stats),
                stats.getTriggerTimestamp(),
                stats.getLatestAckTimestamp(),
                stats.getCheckpointedSize(),
                stats.getStateSize(),
                stats.getEndToEndDuration(),
                NO_ALIGNMENT_BUFFERED,
                stats.getProcessedData(),
                stats.getPersistedData(),
                stats.getNumberOfSubtasks(),
                stats.getNumberOfAcknowledgedSubtasks(),
                type(stats),
                tasks,
                stats.getFailureTimestamp(),
                stats.getFailureMessage());
    }

    private static CheckpointStatistics.Pending pending(
            PendingCheckpointStats stats, Map<JobVertexId, TaskCheckpointStatistics> tasks) {
        return new CheckpointStatistics.Pending(
                stats.getCheckpointId(),
                status(stats),
                isSavepoint(stats),
                savepointFormat(stats),
                stats.getTriggerTimestamp(),
                stats.getLatestAckTimestamp(),
                stats.getCheckpointedSize(),
                stats.getStateSize(),
                stats.getEndToEndDuration(),
                NO_ALIGNMENT_BUFFERED,
                stats.getProcessedData(),
                stats.getPersistedData(),
                stats.getNumberOfSubtasks(),
                stats.getNumberOfAcknowledgedSubtasks(),
                type(stats),
                tasks);
    }

    private static CheckpointStatsStatus status(AbstractCheckpointStats stats) {
        return CheckpointStatsStatus.valueOf(stats.getStatus().name());
    }

    private static SnapshotType snapshotType(AbstractCheckpointStats stats) {
        return stats.getProperties().getCheckpointType();
    }

    private static boolean isSavepoint(AbstractCheckpointStats stats) {
        return snapshotType(stats).isSavepoint();
    }

    private static String savepointFormat(AbstractCheckpointStats stats) {
        return snapshotType(stats) instanceof SavepointType savepoint
                ? savepoint.getFormatType().name()
                : null;
    }

    private static RestAPICheckpointType type(AbstractCheckpointStats stats) {
        if (snapshotType(stats) instanceof SavepointType savepoint) {
            return savepoint.isSynchronous()
                    ? RestAPICheckpointType.SYNC_SAVEPOINT
                    : RestAPICheckpointType.SAVEPOINT;
        }
        return stats.isUnalignedCheckpoint()
                ? RestAPICheckpointType.UNALIGNED_CHECKPOINT
                : RestAPICheckpointType.CHECKPOINT;
    }

    private CheckpointsConverter() {}
}
