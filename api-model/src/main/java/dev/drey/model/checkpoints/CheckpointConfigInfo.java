package dev.drey.model.checkpoints;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.Millis;
import java.time.Duration;
import java.util.Optional;

/**
 * How a job takes checkpoints. Times are milliseconds.
 *
 * @param processingMode what its results guarantee
 * @param checkpointInterval from one checkpoint to the next; the largest long if it takes none by
 *     itself
 * @param checkpointTimeout after which a checkpoint is given up
 * @param minPauseBetweenCheckpoints least time between two of them
 * @param maxConcurrentCheckpoints how many may be in progress at once
 * @param externalizedCheckpointInfo what becomes of them when the job ends
 * @param stateBackend name of the state backend
 * @param checkpointStorage name of the checkpoint storage
 * @param unalignedCheckpoints whether they may overtake data
 * @param tolerableFailedCheckpoints how many may fail before the job does
 * @param alignedCheckpointTimeout after which an aligned checkpoint becomes an unaligned one
 * @param checkpointsWithFinishedTasks whether they go on once some tasks have finished
 * @param stateChangelog whether state changes are written continuously
 * @param periodicMaterializationInterval from one materialization of the changelog to the next
 * @param changelogStorage name of the changelog storage, {@code null} without one
 */
public record CheckpointConfigInfo(
        @JsonProperty("mode") ProcessingMode processingMode,
        @JsonProperty("interval") long checkpointInterval,
        @JsonProperty("timeout") long checkpointTimeout,
        @JsonProperty("min_pause") long minPauseBetweenCheckpoints,
        @JsonProperty("max_concurrent") long maxConcurrentCheckpoints,
        @JsonProperty("externalization") ExternalizedCheckpointInfo externalizedCheckpointInfo,
        @JsonProperty("state_backend") String stateBackend,
        @JsonProperty("checkpoint_storage") String checkpointStorage,
        @JsonProperty("unaligned_checkpoints") boolean unalignedCheckpoints,
        @JsonProperty("tolerable_failed_checkpoints") int tolerableFailedCheckpoints,
        @JsonProperty("aligned_checkpoint_timeout") long alignedCheckpointTimeout,
        @JsonProperty("checkpoints_after_tasks_finish") boolean checkpointsWithFinishedTasks,
        @JsonProperty("state_changelog_enabled") boolean stateChangelog,
        @JsonProperty("changelog_periodic_materialization_interval")
                long periodicMaterializationInterval,
        @JsonProperty("changelog_storage") String changelogStorage) {
    /** From one checkpoint to the next. */
    public Optional<Duration> interval() {
        return Millis.duration(checkpointInterval);
    }

    /** How long a checkpoint may take. */
    public Optional<Duration> timeout() {
        return Millis.duration(checkpointTimeout);
    }

    /** Between the end of a checkpoint and the next one, at least. */
    public Optional<Duration> minPause() {
        return Millis.duration(minPauseBetweenCheckpoints);
    }

    /** How long a checkpoint stays an aligned one. */
    public Optional<Duration> alignedTimeout() {
        return Millis.duration(alignedCheckpointTimeout);
    }

    /** From one materialization of the changelog to the next. */
    public Optional<Duration> materializationInterval() {
        return Millis.duration(periodicMaterializationInterval);
    }

    /**
     * What becomes of a job's checkpoints when it ends.
     *
     * @param enabled whether they are retained at all
     * @param deleteOnCancellation whether they are deleted when the job is cancelled
     */
    public record ExternalizedCheckpointInfo(
            @JsonProperty("enabled") boolean enabled,
            @JsonProperty("delete_on_cancellation") boolean deleteOnCancellation) {}

    /** What the results of a job guarantee after a failure. */
    public enum ProcessingMode {
        @JsonProperty("exactly_once")
        EXACTLY_ONCE,
        @JsonProperty("at_least_once")
        AT_LEAST_ONCE,
        /** Sent by a newer Flink. */
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
