package dev.drey.model.rescaling;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.Millis;
import java.time.Duration;
import java.util.Optional;

/**
 * How a job's adaptive scheduler is configured. Times are milliseconds.
 *
 * @param rescaleHistoryMax how many rescales are remembered
 * @param schedulerExecutionMode {@code null} unless the job takes all slots there are
 * @param submissionResourceWaitTimeout how long a submitted job waits for the resources it desires
 *     before it goes on with less or fails; for ever if negative
 * @param submissionResourceStabilizationTimeout how long a submitted job with sufficient resources
 *     waits for the desired ones
 * @param slotIdleTimeout after which a slot that is not used is given back
 * @param executingCooldownTimeout least time between two rescales
 * @param executingResourceStabilizationTimeout how long a running job with sufficient resources
 *     waits for the desired ones
 * @param maximumDelayForTriggeringRescale after which a rescale no longer waits for a checkpoint
 * @param rescaleOnFailedCheckpointCount after how many failed checkpoints it no longer waits either
 */
public record JobRescaleConfigInfo(
        @JsonProperty("rescaleHistoryMax") Integer rescaleHistoryMax,
        @JsonProperty("schedulerExecutionMode") SchedulerExecutionMode schedulerExecutionMode,
        @JsonProperty("submissionResourceWaitTimeoutInMillis") Long submissionResourceWaitTimeout,
        @JsonProperty("submissionResourceStabilizationTimeoutInMillis")
                Long submissionResourceStabilizationTimeout,
        @JsonProperty("slotIdleTimeoutInMillis") Long slotIdleTimeout,
        @JsonProperty("executingCooldownTimeoutInMillis") Long executingCooldownTimeout,
        @JsonProperty("executingResourceStabilizationTimeoutInMillis")
                Long executingResourceStabilizationTimeout,
        @JsonProperty("maximumDelayForTriggeringRescaleInMillis")
                Long maximumDelayForTriggeringRescale,
        @JsonProperty("rescaleOnFailedCheckpointCount") Integer rescaleOnFailedCheckpointCount) {
    /** {@link #submissionResourceWaitTimeout()}; empty without one. */
    public Optional<Duration> submissionResourceWait() {
        return Millis.duration(submissionResourceWaitTimeout);
    }

    /** {@link #submissionResourceStabilizationTimeout()}; empty without one. */
    public Optional<Duration> submissionResourceStabilization() {
        return Millis.duration(submissionResourceStabilizationTimeout);
    }

    /** {@link #slotIdleTimeout()}; empty without one. */
    public Optional<Duration> slotIdle() {
        return Millis.duration(slotIdleTimeout);
    }

    /** {@link #executingCooldownTimeout()}; empty without one. */
    public Optional<Duration> executingCooldown() {
        return Millis.duration(executingCooldownTimeout);
    }

    /** {@link #executingResourceStabilizationTimeout()}; empty without one. */
    public Optional<Duration> executingResourceStabilization() {
        return Millis.duration(executingResourceStabilizationTimeout);
    }

    /** {@link #maximumDelayForTriggeringRescale()}; empty without one. */
    public Optional<Duration> maximumDelay() {
        return Millis.duration(maximumDelayForTriggeringRescale);
    }

    /** Special modes of the adaptive scheduler. */
    public enum SchedulerExecutionMode {
        /** A job takes all slots there are. */
        REACTIVE,
        /** Sent by a newer Flink. */
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
