package dev.drey.model.rescaling;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.drey.model.JobVertexId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each vertex of a job requires. On the wire, a bare object with a field for each vertex.
 *
 * @param requirements by vertex; never {@code null}
 */
public record JobResourceRequirementsBody(
        @JsonValue Map<JobVertexId, JobVertexResourceRequirements> requirements) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public JobResourceRequirementsBody {
        requirements =
                requirements == null
                        ? Map.of()
                        : Collections.unmodifiableMap(new LinkedHashMap<>(requirements));
    }

    /** What a vertex requires. */
    public record JobVertexResourceRequirements(
            @JsonProperty("parallelism") Parallelism parallelism) {}

    /**
     * Bounds of a vertex's parallelism.
     *
     * @param lowerBound the least it runs with
     * @param upperBound the most it runs with
     */
    public record Parallelism(
            @JsonProperty("lowerBound") int lowerBound,
            @JsonProperty("upperBound") int upperBound) {}
}
