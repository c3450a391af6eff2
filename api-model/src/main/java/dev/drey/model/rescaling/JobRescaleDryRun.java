package dev.drey.model.rescaling;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobVertexId;
import dev.drey.model.SlotSharingGroupId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a rescaling of a job would do, if it were asked for now. Only Drey knows it.
 *
 * @param vertices the parallelism of each vertex; never {@code null}
 * @param desiredSlots how many slots the job would need
 * @param preRescaleSlots how many slots it has now
 * @param freeSlots how many slots of the cluster no job has
 * @param slotsAvailable whether the slots that it has and those that are free are as many as it
 *     would need
 * @param refusals every reason for which the rescaling would be refused; empty if it would not be,
 *     and never {@code null}
 */
public record JobRescaleDryRun(
        @JsonProperty("vertices") Map<JobVertexId, VertexParallelismDryRun> vertices,
        @JsonProperty("desiredSlots") int desiredSlots,
        @JsonProperty("preRescaleSlots") int preRescaleSlots,
        @JsonProperty("freeSlots") int freeSlots,
        @JsonProperty("slotsAvailable") boolean slotsAvailable,
        @JsonProperty("refusals") List<String> refusals) {

    public JobRescaleDryRun {
        vertices =
                vertices == null
                        ? Map.of()
                        : Collections.unmodifiableMap(new LinkedHashMap<>(vertices));
        refusals = refusals == null ? List.of() : List.copyOf(refusals);
    }

    /**
     * The parallelism of a vertex.
     *
     * @param jobVertexName its name
     * @param slotSharingGroupId its slot sharing group: vertices of one group share slots
     * @param slotSharingGroupName the group's name
     * @param preRescaleParallelism what it runs with now
     * @param desiredParallelism what it would run with
     * @param sufficientParallelism the least that it would go on to run with if slots are lost
     * @param maxParallelism its maximum parallelism, above which it cannot be rescaled
     */
    public record VertexParallelismDryRun(
            @JsonProperty("jobVertexName") String jobVertexName,
            @JsonProperty("slotSharingGroupId") SlotSharingGroupId slotSharingGroupId,
            @JsonProperty("slotSharingGroupName") String slotSharingGroupName,
            @JsonProperty("preRescaleParallelism") int preRescaleParallelism,
            @JsonProperty("desiredParallelism") int desiredParallelism,
            @JsonProperty("sufficientParallelism") int sufficientParallelism,
            @JsonProperty("maxParallelism") int maxParallelism) {}
}
