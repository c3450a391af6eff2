package dev.drey.model.checkpoints;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.Millis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoints of a job since its scheduler started (a new leader starts counting anew).
 *
 * @param counts how many there were
 * @param summary sizes and durations of the completed ones
 * @param latestCheckpoints the latest of each kind
 * @param history the latest ones, newest first, as many as {@code web.checkpoints.history} says
 */
public record CheckpointingStatistics(
        @JsonProperty("counts") Counts counts,
        @JsonProperty("summary") Summary summary,
        @JsonProperty("latest") LatestCheckpoints latestCheckpoints,
        @JsonProperty("history") List<CheckpointStatistics> history) {

    /**
     * Number of checkpoints.
     *
     * @param restored how often the job was restored from one
     */
    public record Counts(
            @JsonProperty("restored") long restored,
            @JsonProperty("total") long total,
            @JsonProperty("in_progress") int inProgress,
            @JsonProperty("completed") long completed,
            @JsonProperty("failed") long failed) {}

    /**
     * Statistics of the completed checkpoints: bytes, and milliseconds for {@code duration}. The
     * components mean what they mean in {@link CheckpointStatistics}.
     */
    public record Summary(
            @JsonProperty("checkpointed_size") StatsSummaryDto checkpointedSize,
            @JsonProperty("state_size") StatsSummaryDto stateSize,
            @JsonProperty("end_to_end_duration") StatsSummaryDto duration,
            @JsonProperty("alignment_buffered") StatsSummaryDto alignmentBuffered,
            @JsonProperty("processed_data") StatsSummaryDto processedData,
            @JsonProperty("persisted_data") StatsSummaryDto persistedData) {}

    /** The latest checkpoint of each kind, {@code null} where there was none. */
    public record LatestCheckpoints(
            @JsonProperty("completed") CheckpointStatistics.Completed completed,
            @JsonProperty("savepoint") CheckpointStatistics.Completed savepoint,
            @JsonProperty("failed") CheckpointStatistics.Failed failed,
            @JsonProperty("restored") RestoredCheckpointStatistics restored) {}

    /**
     * A checkpoint the job was restored from.
     *
     * @param id number of the checkpoint within its job
     * @param restoreTimestamp when the job was restored
     * @param savepoint whether it is a savepoint
     * @param externalPath URI of its folder, {@code null} if it has none of its own
     */
    public record RestoredCheckpointStatistics(
            @JsonProperty("id") long id,
            @JsonProperty("restore_timestamp") long restoreTimestamp,
            @JsonProperty("is_savepoint") boolean savepoint,
            @JsonProperty("external_path") String externalPath) {
        /** When the job was restored from it. */
        public Optional<Instant> restoredAt() {
            return Millis.instant(restoreTimestamp);
        }
    }
}
