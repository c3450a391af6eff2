package dev.drey.server.checkpoints;

import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.checkpoints.CheckpointStatistics.CheckpointStatsStatus;
import dev.drey.model.checkpoints.CheckpointStatistics.RestAPICheckpointType;
import dev.drey.model.checkpoints.CheckpointingStatistics;
import dev.drey.model.checkpoints.StatsSummaryDto;
import jakarta.ws.rs.NotFoundException;
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
import org.apache.flink.runtime.util.stats.StatsSummarySnapshot;

/** Its summaries show the durations of rescales too. */
public final class CheckpointsConverter {

    /** Flink has stopped measuring this figure and goes on to send it. */
    private static final long NO_ALIGNMENT_BUFFERED = 0;

    static CheckpointingStatistics statistics(CheckpointStatsSnapshot snapshot) {
        if (snapshot == null) {
            throw new NotFoundException("Checkpointing is not enabled for this job");
        }
        return new CheckpointingStatistics(
                counts(snapshot.getCounts()),
                summary(snapshot.getSummaryStats()),
                latest(snapshot),
                snapshot.getHistory().getCheckpoints().stream()
                        .map(CheckpointsConverter::checkpoint)
                        .toList());
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
                new StatsSummaryDto(0, 0, 0, 0, 0, 0, 0, 0),
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
                completed == null ? null : completed(completed),
                savepoint == null ? null : completed(savepoint),
                failed == null ? null : failed(failed),
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

    private static CheckpointStatistics checkpoint(AbstractCheckpointStats stats) {
        if (stats instanceof CompletedCheckpointStats completed) {
            return completed(completed);
        }
        if (stats instanceof FailedCheckpointStats failed) {
            return failed(failed);
        }
        if (stats instanceof PendingCheckpointStats pending) {
            return pending(pending);
        }
        throw new IllegalArgumentException("No such kind of checkpoint: " + stats.getClass());
    }

    private static CheckpointStatistics.Completed completed(CompletedCheckpointStats stats) {
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
                Map.of(),
                stats.getExternalPath(),
                stats.isDiscarded());
    }

    private static CheckpointStatistics.Failed failed(FailedCheckpointStats stats) {
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
                Map.of(),
                stats.getFailureTimestamp(),
                stats.getFailureMessage());
    }

    private static CheckpointStatistics.Pending pending(PendingCheckpointStats stats) {
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
                Map.of());
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
