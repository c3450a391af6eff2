package dev.drey.server.checkpoints;

import static dev.drey.server.checkpoints.CheckpointsConverter.NO_ALIGNMENT_BUFFERED;
import static dev.drey.server.checkpoints.CheckpointsConverter.NO_ALIGNMENT_BUFFERED_SUMMARY;

import dev.drey.model.checkpoints.StatsSummaryDto;
import dev.drey.model.checkpoints.SubtaskCheckpointStatistics;
import dev.drey.model.checkpoints.SubtaskCheckpointStatistics.SubtaskStatus;
import dev.drey.model.checkpoints.TaskCheckpointStatisticsWithSubtaskDetails;
import dev.drey.model.checkpoints.TaskCheckpointStatisticsWithSubtaskDetails.CheckpointAlignment;
import dev.drey.model.checkpoints.TaskCheckpointStatisticsWithSubtaskDetails.CheckpointDuration;
import dev.drey.model.checkpoints.TaskCheckpointStatisticsWithSubtaskDetails.Summary;
import jakarta.ws.rs.NotFoundException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.SubtaskStateStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.util.stats.StatsSummary;

final class TaskCheckpointsConverter {

    static TaskCheckpointStatisticsWithSubtaskDetails subtasks(
            AbstractCheckpointStats checkpoint, JobVertexID vertex) {
        TaskStateStats task = checkpoint.getTaskStateStats(vertex);
        if (task == null) {
            throw new NotFoundException(
                    "Checkpoint %d has no vertex %s"
                            .formatted(checkpoint.getCheckpointId(), vertex));
        }
        long triggered = checkpoint.getTriggerTimestamp();
        return new TaskCheckpointStatisticsWithSubtaskDetails(
                CheckpointsConverter.task(checkpoint, task),
                summary(task.getSummaryStats(), triggered),
                subtasks(task.getSubtaskStats(), triggered));
    }

    private static Summary summary(TaskStateStats.TaskStateStatsSummary stats, long triggered) {
        return new Summary(
                summary(stats.getCheckpointedSize()),
                summary(stats.getStateSizeStats()),
                since(triggered, summary(stats.getAckTimestampStats())),
                new CheckpointDuration(
                        summary(stats.getSyncCheckpointDurationStats()),
                        summary(stats.getAsyncCheckpointDurationStats())),
                new CheckpointAlignment(
                        NO_ALIGNMENT_BUFFERED_SUMMARY,
                        summary(stats.getProcessedDataStats()),
                        summary(stats.getPersistedDataStats()),
                        summary(stats.getAlignmentDurationStats())),
                summary(stats.getCheckpointStartDelayStats()));
    }

    private static StatsSummaryDto summary(StatsSummary figures) {
        return CheckpointsConverter.summary(figures.createSnapshot());
    }

    /** Quantiles stay as they are, as in Flink: of these figures there are none. */
    private static StatsSummaryDto since(long start, StatsSummaryDto times) {
        return new StatsSummaryDto(
                Math.max(0, times.minimum() - start),
                Math.max(0, times.maximum() - start),
                Math.max(0, times.average() - start),
                times.p50(),
                times.p90(),
                times.p95(),
                times.p99(),
                times.p999());
    }

    private static List<SubtaskCheckpointStatistics> subtasks(
            SubtaskStateStats[] subtasks, long triggered) {
        List<SubtaskCheckpointStatistics> shown = new ArrayList<>(subtasks.length);
        for (int index = 0; index < subtasks.length; index++) {
            SubtaskStateStats subtask = subtasks[index];
            shown.add(
                    subtask == null
                            ? new SubtaskCheckpointStatistics.Pending(
                                    index, SubtaskStatus.PENDING_OR_FAILED)
                            : completed(index, subtask, triggered));
        }
        return shown;
    }

    private static SubtaskCheckpointStatistics.Completed completed(
            int index, SubtaskStateStats subtask, long triggered) {
        return new SubtaskCheckpointStatistics.Completed(
                index,
                subtask.getAckTimestamp(),
                subtask.getEndToEndDuration(triggered),
                subtask.getCheckpointedSize(),
                subtask.getStateSize(),
                new SubtaskCheckpointStatistics.CheckpointDuration(
                        subtask.getSyncCheckpointDuration(), subtask.getAsyncCheckpointDuration()),
                new SubtaskCheckpointStatistics.CheckpointAlignment(
                        NO_ALIGNMENT_BUFFERED,
                        subtask.getProcessedData(),
                        subtask.getPersistedData(),
                        subtask.getAlignmentDuration()),
                subtask.getCheckpointStartDelay(),
                subtask.getUnalignedCheckpoint(),
                !subtask.isCompleted(),
                SubtaskStatus.COMPLETED);
    }

    private TaskCheckpointsConverter() {}
}
