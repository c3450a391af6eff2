package dev.drey.model.checkpoints;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.drey.model.Millis;
import java.time.Duration;
import java.util.Optional;

/** What one subtask did for a checkpoint, if it has reported. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "className")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SubtaskCheckpointStatistics.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = SubtaskCheckpointStatistics.Pending.class, name = "pending")
})
public sealed interface SubtaskCheckpointStatistics {

    /** The subtask; the first is 0. */
    int index();

    /** Whether it has reported. */
    SubtaskStatus status();

    /**
     * A subtask that has reported.
     *
     * @param ackTimestamp when it reported. Milliseconds since the epoch
     * @param duration from the trigger to the report, in milliseconds
     * @param checkpointedSize bytes that this checkpoint wrote
     * @param stateSize bytes of all the state it refers to
     * @param checkpointDuration how long taking it lasted
     * @param alignment how its barriers were aligned
     * @param startDelay from the trigger until the first barrier came in, in milliseconds
     * @param unalignedCheckpoint whether its barriers overtook data
     * @param aborted whether it gave the checkpoint up
     */
    record Completed(
            @JsonProperty("index") int index,
            @JsonProperty("ack_timestamp") long ackTimestamp,
            @JsonProperty("end_to_end_duration") long duration,
            @JsonProperty("checkpointed_size") long checkpointedSize,
            @JsonProperty("state_size") long stateSize,
            @JsonProperty("checkpoint") CheckpointDuration checkpointDuration,
            @JsonProperty("alignment") CheckpointAlignment alignment,
            @JsonProperty("start_delay") long startDelay,
            @JsonProperty("unaligned_checkpoint") boolean unalignedCheckpoint,
            @JsonProperty("aborted") boolean aborted,
            @JsonProperty("status") SubtaskStatus status)
            implements SubtaskCheckpointStatistics {}

    /** A subtask that has not reported. */
    record Pending(@JsonProperty("index") int index, @JsonProperty("status") SubtaskStatus status)
            implements SubtaskCheckpointStatistics {}

    /**
     * How long taking a checkpoint lasted, in milliseconds.
     *
     * @param synchronous while the subtask did not process data
     * @param asynchronous beside the subtask's work
     */
    record CheckpointDuration(
            @JsonProperty("sync") long synchronous, @JsonProperty("async") long asynchronous) {
        /** How long the synchronous part took. */
        public Optional<Duration> synchronously() {
            return Millis.duration(synchronous);
        }

        /** How long the asynchronous part took. */
        public Optional<Duration> asynchronously() {
            return Millis.duration(asynchronous);
        }
    }

    /**
     * How barriers were aligned.
     *
     * @param buffered always 0: kept by Flink for older clients
     * @param processed bytes processed meanwhile
     * @param persisted bytes of in-flight data that the checkpoint holds (unaligned checkpoints)
     * @param duration from the first barrier to the last, in milliseconds
     */
    record CheckpointAlignment(
            @JsonProperty("buffered") long buffered,
            @JsonProperty("processed") long processed,
            @JsonProperty("persisted") long persisted,
            @JsonProperty("duration") long duration) {
        /** How long it took, or has taken so far; empty if that is unknown. */
        public Optional<Duration> lasted() {
            return Millis.duration(duration);
        }
    }

    /** Whether a subtask has reported. */
    enum SubtaskStatus {
        @JsonProperty("completed")
        COMPLETED,
        @JsonProperty("pending_or_failed")
        PENDING_OR_FAILED,
        /** Sent by a newer Flink. */
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
