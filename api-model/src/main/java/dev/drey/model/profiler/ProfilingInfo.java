package dev.drey.model.profiler;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.Millis;
import java.time.Instant;
import java.util.Optional;

/**
 * One profile of a process.
 *
 * @param status how far it is
 * @param mode what was sampled
 * @param triggerTime when it was asked for, in milliseconds since the epoch
 * @param finishedTime when it ended, in milliseconds since the epoch; {@code null} while it runs
 * @param duration how long it was to take, in seconds
 * @param message how it ended; {@code null} while it runs
 * @param outputFile the file that shows it; {@code null} if there is none
 * @param profilingMode the mode again: Flink sends it under two names
 */
public record ProfilingInfo(
        @JsonProperty("status") ProfilingStatus status,
        @JsonProperty("mode") ProfilingMode mode,
        @JsonProperty("triggerTime") long triggerTime,
        @JsonProperty("finishedTime") Long finishedTime,
        @JsonProperty("duration") long duration,
        @JsonProperty("message") String message,
        @JsonProperty("outputFile") String outputFile,
        @JsonProperty("profilingMode") ProfilingMode profilingMode) {
    /** When it was asked for. */
    public Optional<Instant> triggeredAt() {
        return Millis.instant(triggerTime);
    }

    /** When it ended; empty if it has not. */
    public Optional<Instant> finishedAt() {
        return Millis.instant(finishedTime);
    }

    /** How far a profile is. */
    public enum ProfilingStatus {
        RUNNING,
        FINISHED,
        FAILED,
        /** Sent by a newer Flink. */
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** What is sampled. */
    public enum ProfilingMode {
        /** Where the processor is used. */
        CPU,
        /** Where memory is allocated. */
        ALLOC,
        /** Where threads wait for locks. */
        LOCK,
        /** Where time passes, waiting included. */
        WALL,
        /** Where the processor is used, as the interval timer of the operating system sees it. */
        ITIMER,
        /** Sent by a newer Flink. */
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
