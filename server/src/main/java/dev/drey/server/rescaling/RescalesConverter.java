package dev.drey.server.rescaling;

import dev.drey.model.JobVertexId;
import dev.drey.model.RescaleUuid;
import dev.drey.model.SlotSharingGroupId;
import dev.drey.model.rescaling.JobRescaleDetails;
import dev.drey.model.rescaling.JobRescaleDetails.SchedulerStateSpan;
import dev.drey.model.rescaling.JobRescaleDetails.SlotSharingGroupRescaleInfo;
import dev.drey.model.rescaling.JobRescaleDetails.TerminalState;
import dev.drey.model.rescaling.JobRescaleDetails.TerminatedReason;
import dev.drey.model.rescaling.JobRescaleDetails.TriggerCause;
import dev.drey.model.rescaling.JobRescaleDetails.VertexParallelismRescaleInfo;
import dev.drey.model.rescaling.JobRescalesHistory;
import dev.drey.model.rescaling.JobRescalesOverview;
import dev.drey.model.rescaling.JobRescalesSummary;
import dev.drey.model.taskmanagers.ResourceProfileInfo;
import dev.drey.server.Ids;
import dev.drey.server.checkpoints.CheckpointsConverter;
import jakarta.ws.rs.NotFoundException;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.clusterframework.types.ResourceProfile;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.adaptive.timeline.Rescale;
import org.apache.flink.runtime.scheduler.adaptive.timeline.RescalesStatsSnapshot;
import org.apache.flink.runtime.scheduler.adaptive.timeline.RescalesSummarySnapshot;
import org.apache.flink.runtime.scheduler.adaptive.timeline.SlotSharingGroupRescale;

final class RescalesConverter {

    private static final int MOST_TRIES = 100;

    private static final ResourceProfileInfo UNKNOWN_PROFILE =
            new ResourceProfileInfo(-1, -1, -1, -1, -1, Map.of());

    static JobRescalesOverview overview(ExecutionGraphInfo graph) {
        RescalesStatsSnapshot rescales = rescales(graph);
        return new JobRescalesOverview(
                counts(rescales.getRescalesSummarySnapshot()),
                new JobRescalesOverview.LatestRescales(
                        latest(rescales, TerminalState.COMPLETED),
                        latest(rescales, TerminalState.FAILED),
                        latest(rescales, TerminalState.IGNORED)));
    }

    static JobRescalesSummary summary(ExecutionGraphInfo graph) {
        RescalesSummarySnapshot summary = rescales(graph).getRescalesSummarySnapshot();
        return new JobRescalesSummary(
                counts(summary),
                CheckpointsConverter.summary(summary.getAllTerminatedSummarySnapshot()),
                CheckpointsConverter.summary(summary.getCompletedRescalesSummarySnapshot()),
                CheckpointsConverter.summary(summary.getIgnoredRescalesSummarySnapshot()),
                CheckpointsConverter.summary(summary.getFailedRescalesSummarySnapshot()));
    }

    static JobRescalesHistory history(ExecutionGraphInfo graph) {
        return new JobRescalesHistory(
                rescales(graph).getRescaleHistory().stream()
                        .map(RescalesConverter::inBrief)
                        .toList());
    }

    static JobRescaleDetails details(ExecutionGraphInfo graph, RescaleUuid id) {
        Rescale rescale = rescales(graph).getRescale(Ids.toFlink(id));
        if (rescale == null) {
            throw new NotFoundException(
                    "Job %s has no rescale %s, or not any more".formatted(graph.getJobId(), id));
        }
        for (int i = 0; ; i++) {
            try {
                return inFull(rescale);
            } catch (ConcurrentModificationException e) {
                // In the JobManager's process its scheduler goes on writing to a rescale under way.
                if (i == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static JobRescaleDetails inFull(Rescale rescale) {
        return details(
                rescale,
                vertices(rescale),
                slots(rescale),
                rescale.getSchedulerStates().stream().map(RescalesConverter::state).toList());
    }

    private static RescalesStatsSnapshot rescales(ExecutionGraphInfo graph) {
        RescalesStatsSnapshot rescales = graph.getRescalesStatsSnapshot();
        if (rescales == null) {
            throw new NotAdaptiveException(graph.getJobId(), "rescales", null);
        }
        return rescales;
    }

    private static JobRescalesOverview.RescalesCounts counts(RescalesSummarySnapshot summary) {
        return new JobRescalesOverview.RescalesCounts(
                summary.getIgnoredRescalesCount(),
                summary.getInProgressRescaleCount(),
                summary.getCompletedRescalesCount(),
                summary.getFailedRescalesCount());
    }

    private static JobRescaleDetails latest(RescalesStatsSnapshot rescales, TerminalState state) {
        Rescale rescale =
                rescales.getLatestRescale(
                        org.apache.flink.runtime.scheduler.adaptive.timeline.TerminalState.valueOf(
                                state.name()));
        return rescale == null ? null : inBrief(rescale);
    }

    private static JobRescaleDetails inBrief(Rescale rescale) {
        return details(rescale, Map.of(), Map.of(), List.of());
    }

    private static JobRescaleDetails details(
            Rescale rescale,
            Map<JobVertexId, VertexParallelismRescaleInfo> vertices,
            Map<SlotSharingGroupId, SlotSharingGroupRescaleInfo> slots,
            List<SchedulerStateSpan> states) {
        return new JobRescaleDetails(
                Ids.of(rescale.getRescaleIdInfo().getRescaleUuid()),
                Ids.of(rescale.getRescaleIdInfo().getResourceRequirementsId()),
                rescale.getRescaleIdInfo().getRescaleAttemptId(),
                vertices,
                slots,
                states,
                rescale.getStartTimestamp(),
                rescale.getEndTimestamp(),
                rescale.getTerminalState() == null
                        ? null
                        : TerminalState.valueOf(rescale.getTerminalState().name()),
                rescale.getTriggerCause() == null
                        ? null
                        : TriggerCause.valueOf(rescale.getTriggerCause().name()),
                rescale.getTerminatedReason() == null
                        ? null
                        : TerminatedReason.valueOf(rescale.getTerminatedReason().name()));
    }

    private static Map<JobVertexId, VertexParallelismRescaleInfo> vertices(Rescale rescale) {
        Map<JobVertexId, VertexParallelismRescaleInfo> vertices = new LinkedHashMap<>();
        rescale.getVertices().forEach((id, vertex) -> vertices.put(Ids.of(id), vertex(vertex)));
        return vertices;
    }

    private static VertexParallelismRescaleInfo vertex(
            org.apache.flink.runtime.rest.messages.job.rescales.JobRescaleDetails
                            .VertexParallelismRescaleInfo
                    vertex) {
        return new VertexParallelismRescaleInfo(
                Ids.of(vertex.getJobVertexId()),
                vertex.getJobVertexName(),
                Ids.of(vertex.getSlotSharingGroupId()),
                vertex.getSlotSharingGroupName(),
                vertex.getDesiredParallelism(),
                vertex.getSufficientParallelism(),
                vertex.getPreRescaleParallelism(),
                vertex.getPostRescaleParallelism());
    }

    private static Map<SlotSharingGroupId, SlotSharingGroupRescaleInfo> slots(Rescale rescale) {
        Map<SlotSharingGroupId, SlotSharingGroupRescaleInfo> slots = new LinkedHashMap<>();
        rescale.getSlots().forEach((id, group) -> slots.put(Ids.of(id), group(group)));
        return slots;
    }

    private static SlotSharingGroupRescaleInfo group(SlotSharingGroupRescale group) {
        return new SlotSharingGroupRescaleInfo(
                Ids.of(group.getSlotSharingGroupId()),
                group.getSlotSharingGroupName(),
                profile(group.getRequestResourceProfile()),
                group.getDesiredSlots(),
                group.getMinimalRequiredSlots(),
                group.getPreRescaleSlots(),
                group.getPostRescaleSlots(),
                profile(group.getAcquiredResourceProfile()));
    }

    private static ResourceProfileInfo profile(ResourceProfile profile) {
        if (profile == null || profile.equals(ResourceProfile.UNKNOWN)) {
            return UNKNOWN_PROFILE;
        }
        Map<String, Double> extended = new LinkedHashMap<>();
        profile.getExtendedResources()
                .forEach((name, amount) -> extended.put(name, amount.getValue().doubleValue()));
        return new ResourceProfileInfo(
                profile.getCpuCores().getValue().doubleValue(),
                profile.getTaskHeapMemory().getMebiBytes(),
                profile.getTaskOffHeapMemory().getMebiBytes(),
                profile.getManagedMemory().getMebiBytes(),
                profile.getNetworkMemory().getMebiBytes(),
                extended);
    }

    private static SchedulerStateSpan state(
            org.apache.flink.runtime.rest.messages.job.rescales.SchedulerStateSpan span) {
        return new SchedulerStateSpan(
                span.getState(),
                span.getEnterTimestamp(),
                span.getLeaveTimestamp(),
                span.getDuration(),
                span.getStringifiedException());
    }

    private RescalesConverter() {}
}
