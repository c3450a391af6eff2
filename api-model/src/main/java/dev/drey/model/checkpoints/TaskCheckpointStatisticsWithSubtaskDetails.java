package dev.drey.model.checkpoints;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * One vertex's part of a checkpoint, and what each of its subtasks did.
 *
 * @param task the vertex as a whole
 * @param summary statistics of the subtasks that reported so far
 * @param subtasks one of each subtask, in their order
 */
public record TaskCheckpointStatisticsWithSubtaskDetails(
        @JsonUnwrapped TaskCheckpointStatistics task,
        @JsonProperty("summary") Summary summary,
        @JsonProperty("subtasks") List<SubtaskCheckpointStatistics> subtasks) {

    /**
     * Statistics of a vertex's subtasks: bytes, and milliseconds for durations and delays. Flink
     * keeps no quantiles here: they are {@code NaN}.
     *
     * @param checkpointedSize bytes that this checkpoint wrote
     * @param stateSize bytes of all the state it refers to
     * @param duration from the trigger to the acknowledgement
     * @param checkpointDuration how long taking it lasted
     * @param alignment how its barriers were aligned
     * @param startDelay from the trigger until the first barrier came in
     */
    public record Summary(
            @JsonProperty("checkpointed_size") StatsSummaryDto checkpointedSize,
            @JsonProperty("state_size") StatsSummaryDto stateSize,
            @JsonProperty("end_to_end_duration") StatsSummaryDto duration,
            @JsonProperty("checkpoint_duration") CheckpointDuration checkpointDuration,
            @JsonProperty("alignment") CheckpointAlignment alignment,
            @JsonProperty("start_delay") StatsSummaryDto startDelay) {}

    /**
     * How long taking a checkpoint lasted, in milliseconds.
     *
     * @param synchronous while the task did not process data
     * @param asynchronous beside the task's work
     */
    public record CheckpointDuration(
            @JsonProperty("sync") StatsSummaryDto synchronous,
            @JsonProperty("async") StatsSummaryDto asynchronous) {}

    /**
     * How barriers were aligned.
     *
     * @param buffered always 0: kept by Flink for older clients
     * @param processed bytes processed meanwhile
     * @param persisted bytes of in-flight data that the checkpoint holds (unaligned checkpoints)
     * @param duration from the first barrier to the last, in milliseconds
     */
    public record CheckpointAlignment(
            @JsonProperty("buffered") StatsSummaryDto buffered,
            @JsonProperty("processed") StatsSummaryDto processed,
            @JsonProperty("persisted") StatsSummaryDto persisted,
            @JsonProperty("duration") StatsSummaryDto duration) {}
}
