package dev.drey.model.vertices;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobVertexId;
import dev.drey.model.jobs.UserAccumulator;
import java.util.List;

/**
 * The accumulators of a vertex by subtask.
 *
 * @param id the vertex
 * @param parallelism number of its subtasks
 * @param subtasks its current attempts in the order of their subtasks' indexes
 */
public record SubtasksAllAccumulatorsInfo(
        @JsonProperty("id") JobVertexId id,
        @JsonProperty("parallelism") int parallelism,
        @JsonProperty("subtasks") List<SubtaskAccumulatorsInfo> subtasks) {

    /**
     * The accumulators of one attempt.
     *
     * @param subtaskIndex index of the subtask within its vertex, from 0
     * @param attempt number of the attempt within its subtask, from 0
     * @param endpoint {@code host:port} of its task manager's data connection, {@code (unassigned)}
     *     if it has no task manager; before Flink 1.19 the host alone
     * @param userAccumulators those of its program
     */
    public record SubtaskAccumulatorsInfo(
            @JsonProperty("subtask") int subtaskIndex,
            @JsonProperty("attempt") int attempt,
            @JsonProperty("endpoint") @JsonAlias("host") String endpoint,
            @JsonProperty("user-accumulators") List<UserAccumulator> userAccumulators) {}
}
