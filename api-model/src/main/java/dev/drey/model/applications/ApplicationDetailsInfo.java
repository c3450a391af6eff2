package dev.drey.model.applications;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.ApplicationId;
import dev.drey.model.Millis;
import dev.drey.model.jobs.JobDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One application in full.
 *
 * @param applicationId the application
 * @param applicationName its name
 * @param status its state
 * @param startTime when it began to run
 * @param endTime when it reached a terminal state, {@code -1} if it has not
 * @param duration from start to end, or to now
 * @param timestamps when it entered each state, {@code 0} if it never did
 * @param jobs its jobs, summarized
 */
public record ApplicationDetailsInfo(
        @JsonProperty("id") ApplicationId applicationId,
        @JsonProperty("name") String applicationName,
        @JsonProperty("status") ApplicationState status,
        @JsonProperty("start-time") long startTime,
        @JsonProperty("end-time") long endTime,
        @JsonProperty("duration") long duration,
        @JsonProperty("timestamps") Map<ApplicationState, Long> timestamps,
        @JsonProperty("jobs") List<JobDetails> jobs) {
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
