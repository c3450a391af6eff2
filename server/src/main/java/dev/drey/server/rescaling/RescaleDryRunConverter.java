package dev.drey.server.rescaling;

import dev.drey.model.JobVertexId;
import dev.drey.model.rescaling.JobRescaleDryRun;
import dev.drey.model.rescaling.JobRescaleDryRun.VertexParallelismDryRun;
import dev.drey.server.Ids;
import java.util.LinkedHashMap;
import java.util.Map;

final class RescaleDryRunConverter {

    static JobRescaleDryRun dryRun(RescalingPlan plan, SlotsForJob.Count slots) {
        Map<JobVertexId, VertexParallelismDryRun> vertices = new LinkedHashMap<>();
        plan.vertices().forEach(vertex -> vertices.put(Ids.of(vertex.id()), vertex(vertex)));
        return new JobRescaleDryRun(
                vertices,
                plan.slots(),
                slots.held(),
                slots.free(),
                plan.slots() <= slots.held() + slots.free(),
                plan.refusals().stream().map(RescalingPlan.Refusal::reason).toList());
    }

    private static VertexParallelismDryRun vertex(RescalingPlan.Vertex vertex) {
        return new VertexParallelismDryRun(
                vertex.name(),
                Ids.of(vertex.group().getSlotSharingGroupId()),
                vertex.group().getSlotSharingGroupName(),
                vertex.parallelism(),
                vertex.wanted(),
                vertex.lowerBound(),
                vertex.maximum());
    }

    private RescaleDryRunConverter() {}
}
