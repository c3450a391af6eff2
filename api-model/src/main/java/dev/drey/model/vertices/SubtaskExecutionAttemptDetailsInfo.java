package dev.drey.model.vertices;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.Millis;
import dev.drey.model.ResourceId;
import dev.drey.model.jobs.ExecutionState;
import dev.drey.model.jobs.IOMetricsInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An attempt to run a subtask.
 *
 * @param subtaskIndex index of the subtask within its vertex, from 0
 * @param status the attempt's state
 * @param attempt number of the attempt within its subtask, from 0
 * @param endpoint {@code host:port} of its task manager's data connection, {@code (unassigned)} if
 *     it has no task manager; before Flink 1.19 the host alone
 * @param startTime when it was deployed, {@code -1} if it was not
 * @param endTime when it ended, {@code -1} if it has not
 * @param duration from start to end, or to now; {@code -1} if it was not deployed
 * @param ioMetricsInfo what it has read and written
 * @param taskManagerId its task manager, {@code (unassigned)} if it has none
 * @param statusDuration how long it was in each of the states that an attempt passes through,
 *     {@code -1} if it has not been there
 * @param otherConcurrentAttempts the attempts to run the same subtask at the same time (speculative
 *     execution); {@code null} if there are none, or if one attempt was asked for by its number
 */
public record SubtaskExecutionAttemptDetailsInfo(
        @JsonProperty("subtask") int subtaskIndex,
        @JsonProperty("status") ExecutionState status,
        @JsonProperty("attempt") int attempt,
        @JsonProperty("endpoint") @JsonAlias("host") String endpoint,
        @JsonProperty("start-time") long startTime,
        @JsonProperty("end-time") long endTime,
        @JsonProperty("duration") long duration,
        @JsonProperty("metrics") IOMetricsInfo ioMetricsInfo,
        @JsonProperty("taskmanager-id") ResourceId taskManagerId,
        @JsonProperty("status-duration") Map<ExecutionState, Long> statusDuration,
        @JsonProperty("other-concurrent-attempts") @JsonInclude(JsonInclude.Include.NON_EMPTY)
                List<SubtaskExecutionAttemptDetailsInfo> otherConcurrentAttempts) {
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

    /** {@link #startTime()} again, under the name that older clients know. */
    @JsonProperty(value = "start_time", access = JsonProperty.Access.READ_ONLY)
    public long startTimeCompatible() {
        return startTime;
    }
}
