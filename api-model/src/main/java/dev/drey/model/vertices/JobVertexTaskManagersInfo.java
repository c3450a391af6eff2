package dev.drey.model.vertices;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobVertexId;
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
 * Where a vertex runs.
 *
 * @param id the vertex
 * @param name the names of its chained operators
 * @param now the server's clock at the time of the answer
 * @param taskManagers the task managers that run it, in no order
 */
public record JobVertexTaskManagersInfo(
        @JsonProperty("id") JobVertexId id,
        @JsonProperty("name") String name,
        @JsonProperty("now") long now,
        @JsonProperty("taskmanagers") List<TaskManagersInfo> taskManagers) {
    /** The time of the answer, by the server's clock. */
    public Optional<Instant> answeredAt() {
        return Millis.instant(now);
    }

    /**
     * The current attempts of the vertex on one task manager.
     *
     * @param endpoint {@code host:port} of the task manager's data connection, {@code (unassigned)}
     *     for attempts that have no task manager
     * @param status the state of its subtasks there in one
     * @param startTime when the first attempt was deployed, {@code -1} if none was
     * @param endTime when the last attempt ended, {@code -1} if one has not
     * @param duration from start to end, or to now; {@code -1} if it has not started
     * @param metrics what the attempts have read and written
     * @param statusCounts number of attempts in each state
     * @param taskManagerId the task manager, {@code (unassigned)} for attempts that have none
     * @param aggregated the same by attempt
     */
    public record TaskManagersInfo(
            @JsonProperty("endpoint") @JsonAlias("host") String endpoint,
            @JsonProperty("status") ExecutionState status,
            @JsonProperty("start-time") long startTime,
            @JsonProperty("end-time") long endTime,
            @JsonProperty("duration") long duration,
            @JsonProperty("metrics") IOMetricsInfo metrics,
            @JsonProperty("status-counts") Map<ExecutionState, Integer> statusCounts,
            @JsonProperty("taskmanager-id") ResourceId taskManagerId,
            @JsonProperty("aggregated") AggregatedTaskDetailsInfo aggregated) {
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
}
