package dev.drey.model.checkpoints;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.Millis;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One vertex's part of a checkpoint; the components mean what they mean in {@link
 * CheckpointStatistics}.
 */
public record TaskCheckpointStatistics(
        @JsonProperty("id") long checkpointId,
        @JsonProperty("status") CheckpointStatistics.CheckpointStatsStatus checkpointStatus,
        @JsonProperty("latest_ack_timestamp") long latestAckTimestamp,
        @JsonProperty("checkpointed_size") long checkpointedSize,
        @JsonProperty("state_size") long stateSize,
        @JsonProperty("end_to_end_duration") long duration,
        @JsonProperty("alignment_buffered") long alignmentBuffered,
        @JsonProperty("processed_data") long processedData,
        @JsonProperty("persisted_data") long persistedData,
        @JsonProperty("num_subtasks") int numSubtasks,
        @JsonProperty("num_acknowledged_subtasks") int numAckSubtasks) {
    /** When the last subtask so far acknowledged it; empty if none has. */
    public Optional<Instant> latestAckAt() {
        return Millis.instant(latestAckTimestamp);
    }

    /** How long it took, or has taken so far; empty if that is unknown. */
    public Optional<Duration> lasted() {
        return Millis.duration(duration);
    }
}
