package dev.drey.model.vertices;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobVertexId;
import dev.drey.model.Millis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One vertex of a job in full.
 *
 * @param id the vertex
 * @param name the names of its chained operators
 * @param parallelism number of its subtasks
 * @param maxParallelism the most subtasks it can be rescaled to
 * @param now the server's clock at the time of the answer
 * @param subtasks its subtasks in the order of their indexes, each by its current attempt; empty
 *     while the job waits for resources
 * @param aggregated the same over all of them
 */
public record JobVertexDetailsInfo(
        @JsonProperty("id") JobVertexId id,
        @JsonProperty("name") String name,
        @JsonProperty("parallelism") int parallelism,
        @JsonProperty("maxParallelism") int maxParallelism,
        @JsonProperty("now") long now,
        @JsonProperty("subtasks") List<SubtaskExecutionAttemptDetailsInfo> subtasks,
        @JsonProperty("aggregated") AggregatedTaskDetailsInfo aggregated) {
    /** The time of the answer, by the server's clock. */
    public Optional<Instant> answeredAt() {
        return Millis.instant(now);
    }
}
