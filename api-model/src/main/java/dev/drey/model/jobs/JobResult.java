package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.ApplicationId;
import dev.drey.model.JobId;
import dev.drey.model.Millis;
import dev.drey.model.error.SerializedThrowable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a job that has ended.
 *
 * @param jobId the job
 * @param jobName the name its program gave it; {@code null} before Flink 2.3
 * @param applicationStatus how it ended
 * @param accumulatorResults its accumulators by name: Base64 of each as a serialized Java object.
 *     It holds objects of the program's classes, so deserialize it only if you trust program and
 *     cluster
 * @param netRuntime from its start to its end. In milliseconds
 * @param failureCause why it failed; {@code null} if it did not
 * @param applicationId the application it belongs to; {@code null} before Flink 2.3 or if it is not
 *     known
 * @param startTime milliseconds since the epoch; {@code null} before Flink 2.3
 * @param endTime milliseconds since the epoch; {@code null} before Flink 2.3
 */
public record JobResult(
        @JsonProperty("id") JobId jobId,
        @JsonProperty("name") String jobName,
        @JsonProperty("application-status") ApplicationStatus applicationStatus,
        @JsonProperty("accumulator-results") Map<String, String> accumulatorResults,
        @JsonProperty("net-runtime") long netRuntime,
        @JsonProperty("failure-cause") @JsonInclude(JsonInclude.Include.NON_NULL)
                SerializedThrowable failureCause,
        @JsonProperty("application-id") @JsonInclude(JsonInclude.Include.NON_NULL)
                ApplicationId applicationId,
        @JsonProperty("start-time") Long startTime,
        @JsonProperty("end-time") Long endTime) {
    /** How long the job ran. */
    public Optional<Duration> ran() {
        return Millis.duration(netRuntime);
    }

    /** When it began; empty if it has not. */
    public Optional<Instant> startedAt() {
        return Millis.instant(startTime);
    }

    /** When it ended; empty if it has not. */
    public Optional<Instant> endedAt() {
        return Millis.instant(endTime);
    }
}
