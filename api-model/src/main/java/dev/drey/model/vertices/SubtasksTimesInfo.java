package dev.drey.model.vertices;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobVertexId;
import dev.drey.model.Millis;
import dev.drey.model.jobs.ExecutionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When the subtasks of a vertex entered their states.
 *
 * @param id the vertex
 * @param name the names of its chained operators
 * @param now the server's clock at the time of the answer
 * @param subtasks its subtasks in the order of their indexes
 */
public record SubtasksTimesInfo(
        @JsonProperty("id") JobVertexId id,
        @JsonProperty("name") String name,
        @JsonProperty("now") long now,
        @JsonProperty("subtasks") List<SubtaskTimeInfo> subtasks) {
    /** The time of the answer, by the server's clock. */
    public Optional<Instant> answeredAt() {
        return Millis.instant(now);
    }

    /**
     * The current attempt of a subtask.
     *
     * @param subtask index of the subtask within its vertex, from 0
     * @param endpoint {@code host:port} of its task manager's data connection, {@code (unassigned)}
     *     if it has no task manager; before Flink 1.19 the host alone
     * @param duration since it was scheduled, until it ended or now; {@code -1} if it was not
     *     scheduled
     * @param timestamps when it entered each state, {@code 0} if it never did
     */
    public record SubtaskTimeInfo(
            @JsonProperty("subtask") int subtask,
            @JsonProperty("endpoint") @JsonAlias("host") String endpoint,
            @JsonProperty("duration") long duration,
            @JsonProperty("timestamps") Map<ExecutionState, Long> timestamps) {
        /** How long it took, or has taken so far; empty if that is unknown. */
        public Optional<Duration> lasted() {
            return Millis.duration(duration);
        }
    }
}
