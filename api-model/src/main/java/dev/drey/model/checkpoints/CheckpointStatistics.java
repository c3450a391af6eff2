package dev.drey.model.checkpoints;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.drey.model.JobVertexId;
import dev.drey.model.Millis;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One checkpoint or savepoint: in progress, completed or failed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "className")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CheckpointStatistics.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = CheckpointStatistics.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = CheckpointStatistics.Pending.class, name = "in_progress")
})
public sealed interface CheckpointStatistics {

    /** Number of the checkpoint within its job. */
    long id();

    /** Whether it has ended, and how. */
    CheckpointStatsStatus status();

    /** Whether it is a savepoint. */
    boolean savepoint();

    /** A savepoint's format, such as {@code canonical}; {@code null} for a checkpoint. */
    String savepointFormat();

    /** When it was triggered. Milliseconds since the epoch. */
    long triggerTimestamp();

    /** When it was triggered. */
    default Optional<Instant> triggeredAt() {
        return Millis.instant(triggerTimestamp());
    }

    /**
     * When the last subtask so far acknowledged it, {@code -1} if none has. Milliseconds since the
     * epoch.
     */
    long latestAckTimestamp();

    /** When the last subtask so far acknowledged it; empty if none has. */
    default Optional<Instant> latestAckAt() {
        return Millis.instant(latestAckTimestamp());
    }

    /** Bytes that this checkpoint wrote. */
    long checkpointedSize();

    /** Bytes of all the state it refers to. */
    long stateSize();

    /** From the trigger to the last acknowledgement, or to now. In milliseconds. */
    long duration();

    /** How long it took, or has taken so far; empty if that is unknown. */
    default Optional<Duration> lasted() {
        return Millis.duration(duration());
    }

    /** Always 0: kept by Flink for older clients. */
    long alignmentBuffered();

    /** Bytes processed while barriers were aligned. */
    long processedData();

    /** Bytes of in-flight data that it holds (unaligned checkpoints). */
    long persistedData();

    /** Subtasks that must acknowledge it. */
    int numSubtasks();

    /** Subtasks that have. */
    int numAckSubtasks();

    /** What kind of checkpoint. */
    RestAPICheckpointType checkpointType();

    /** The same for each vertex; empty in lists. */
    Map<JobVertexId, TaskCheckpointStatistics> checkpointStatisticsPerTask();

    /**
     * A checkpoint that all subtasks acknowledged.
     *
     * @param externalPath URI of its folder; {@code null} if it has none of its own
     * @param discarded whether it has been deleted since
     */
    record Completed(
            @JsonProperty("id") long id,
            @JsonProperty("status") CheckpointStatsStatus status,
            @JsonProperty("is_savepoint") boolean savepoint,
            @JsonProperty("savepointFormat") String savepointFormat,
            @JsonProperty("trigger_timestamp") long triggerTimestamp,
            @JsonProperty("latest_ack_timestamp") long latestAckTimestamp,
            @JsonProperty("checkpointed_size") long checkpointedSize,
            @JsonProperty("state_size") long stateSize,
            @JsonProperty("end_to_end_duration") long duration,
            @JsonProperty("alignment_buffered") long alignmentBuffered,
            @JsonProperty("processed_data") long processedData,
            @JsonProperty("persisted_data") long persistedData,
            @JsonProperty("num_subtasks") int numSubtasks,
            @JsonProperty("num_acknowledged_subtasks") int numAckSubtasks,
            @JsonProperty("checkpoint_type") RestAPICheckpointType checkpointType,
            @JsonProperty("tasks")
                    Map<JobVertexId, TaskCheckpointStatistics> checkpointStatisticsPerTask,
            @JsonProperty("external_path") String externalPath,
            @JsonProperty("discarded") boolean discarded)
            implements CheckpointStatistics {}

    /**
     * A checkpoint that was given up.
     *
     * @param failureTimestamp when, in milliseconds since the epoch
     * @param failureMessage why; {@code null} if Flink has no message
     */
    record Failed(
            @JsonProperty("id") long id,
            @JsonProperty("status") CheckpointStatsStatus status,
            @JsonProperty("is_savepoint") boolean savepoint,
            @JsonProperty("savepointFormat") String savepointFormat,
            @JsonProperty("trigger_timestamp") long triggerTimestamp,
            @JsonProperty("latest_ack_timestamp") long latestAckTimestamp,
            @JsonProperty("checkpointed_size") long checkpointedSize,
            @JsonProperty("state_size") long stateSize,
            @JsonProperty("end_to_end_duration") long duration,
            @JsonProperty("alignment_buffered") long alignmentBuffered,
            @JsonProperty("processed_data") long processedData,
            @JsonProperty("persisted_data") long persistedData,
            @JsonProperty("num_subtasks") int numSubtasks,
            @JsonProperty("num_acknowledged_subtasks") int numAckSubtasks,
            @JsonProperty("checkpoint_type") RestAPICheckpointType checkpointType,
            @JsonProperty("tasks")
                    Map<JobVertexId, TaskCheckpointStatistics> checkpointStatisticsPerTask,
            @JsonProperty("failure_timestamp") long failureTimestamp,
            @JsonProperty("failure_message") String failureMessage)
            implements CheckpointStatistics {
        /** When it was given up. */
        public Optional<Instant> failedAt() {
            return Millis.instant(failureTimestamp);
        }
    }

    /** A checkpoint in progress. */
    record Pending(
            @JsonProperty("id") long id,
            @JsonProperty("status") CheckpointStatsStatus status,
            @JsonProperty("is_savepoint") boolean savepoint,
            @JsonProperty("savepointFormat") String savepointFormat,
            @JsonProperty("trigger_timestamp") long triggerTimestamp,
            @JsonProperty("latest_ack_timestamp") long latestAckTimestamp,
            @JsonProperty("checkpointed_size") long checkpointedSize,
            @JsonProperty("state_size") long stateSize,
            @JsonProperty("end_to_end_duration") long duration,
            @JsonProperty("alignment_buffered") long alignmentBuffered,
            @JsonProperty("processed_data") long processedData,
            @JsonProperty("persisted_data") long persistedData,
            @JsonProperty("num_subtasks") int numSubtasks,
            @JsonProperty("num_acknowledged_subtasks") int numAckSubtasks,
            @JsonProperty("checkpoint_type") RestAPICheckpointType checkpointType,
            @JsonProperty("tasks")
                    Map<JobVertexId, TaskCheckpointStatistics> checkpointStatisticsPerTask)
            implements CheckpointStatistics {}

    /** The kinds of checkpoints. */
    enum RestAPICheckpointType {
        CHECKPOINT,
        UNALIGNED_CHECKPOINT,
        SAVEPOINT,
        /** A savepoint that a job is stopped with. */
        SYNC_SAVEPOINT,
        /** Sent by a newer Flink. */
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** Whether a checkpoint has ended, and how. */
    enum CheckpointStatsStatus {
        IN_PROGRESS,
        COMPLETED,
        FAILED,
        /** Sent by a newer Flink. */
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
