package dev.drey.model.vertices;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobVertexId;
import dev.drey.model.jobs.UserAccumulator;
import java.util.List;

/**
 * The accumulators of a vertex.
 *
 * @param id the vertex
 * @param userAccumulators those of its program, each over all its subtasks
 */
public record JobVertexAccumulatorsInfo(
        @JsonProperty("id") JobVertexId id,
        @JsonProperty("user-accumulators") List<UserAccumulator> userAccumulators) {}
