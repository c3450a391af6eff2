package dev.drey.model.applications;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.ApplicationId;
import dev.drey.model.Millis;
import dev.drey.model.jobs.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One application, summarized.
 *
 * @param applicationId the application
 * @param applicationName its name
 * @param startTime when it began to run
 * @param endTime when it reached a terminal state, {@code -1} if it has not
 * @param duration from start to end, or to now
 * @param status its state
 * @param jobs number of its jobs in each state that any of them is in
 */
public record ApplicationDetails(
        @JsonProperty("id") ApplicationId applicationId,
        @JsonProperty("name") String applicationName,
        @JsonProperty("start-time") long startTime,
        @JsonProperty("end-time") long endTime,
        @JsonProperty("duration") long duration,
        @JsonProperty("status") ApplicationState status,
        @JsonProperty("jobs") Map<JobStatus, Integer> jobs) {
    /** When it began; empty if it has not. */
    public Optional<Instant> startedAt() {
        return Millis.instant(startTime);
    }

    /** When it ended; empty if it has not. */
    public Optional<Instant> endedAt() {
        return Millis.instant(endTime);
    }

    /** How long it took, or has taken so far; empty if that is unknown. */
    public Optional<Duration> lasted() {
        return Millis.duration(duration);
    }
}
