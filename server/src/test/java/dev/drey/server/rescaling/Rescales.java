package dev.drey.server.rescaling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.resources.CPUResource;
import org.apache.flink.api.common.resources.ExternalResource;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.clusterframework.types.ResourceProfile;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.jobmanager.scheduler.SlotSharingGroup;
import org.apache.flink.runtime.rest.messages.job.rescales.JobRescaleDetails.VertexParallelismRescaleInfo;
import org.apache.flink.runtime.rest.messages.job.rescales.SchedulerStateSpan;
import org.apache.flink.runtime.scheduler.adaptive.timeline.Rescale;
import org.apache.flink.runtime.scheduler.adaptive.timeline.RescaleIdInfo;
import org.apache.flink.runtime.scheduler.adaptive.timeline.RescalesStatsSnapshot;
import org.apache.flink.runtime.scheduler.adaptive.timeline.RescalesSummary;
import org.apache.flink.runtime.scheduler.adaptive.timeline.SlotSharingGroupRescale;
import org.apache.flink.runtime.scheduler.adaptive.timeline.TerminalState;
import org.apache.flink.runtime.scheduler.adaptive.timeline.TerminatedReason;
import org.apache.flink.runtime.scheduler.adaptive.timeline.TriggerCause;

/** The rescales of a job, as its scheduler would write them down. */
public final class Rescales {

    private static final ResourceProfile PROFILE =
            ResourceProfile.newBuilder()
                    .setCpuCores(new CPUResource(0.125))
                    .setTaskHeapMemory(MemorySize.ofMebiBytes(16))
                    .setTaskOffHeapMemory(MemorySize.ofMebiBytes(1))
                    .setManagedMemory(MemorySize.ofMebiBytes(4))
                    .setNetworkMemory(new MemorySize(8_500_000))
                    .setExtendedResource(new ExternalResource("gpu", 1.5))
                    .build();

    private final RescaleIdInfo.ResourceRequirementsID requirements =
            new RescaleIdInfo.ResourceRequirementsID();
    private final Deque<Rescale> newestFirst = new ArrayDeque<>();
    private final Map<TerminalState, Rescale> latest = new HashMap<>();
    private final RescalesSummary summary = new RescalesSummary(10);

    /** A rescale that has just begun. */
    public Rescale begin(TriggerCause cause) {
        Rescale rescale =
                new Rescale(new RescaleIdInfo(requirements, newestFirst.size() + 1L))
                        .setTriggerCause(cause)
                        .setStartTimestamp(1_000);
        newestFirst.addFirst(rescale);
        summary.addInProgress(rescale);
        return rescale;
    }

    /** A rescale that is over after {@code duration} milliseconds. */
    public Rescale end(TriggerCause cause, long duration, TerminatedReason reason) {
        Rescale rescale = begin(cause);
        withPlan(rescale);
        rescale.addSchedulerState(new SchedulerStateSpan("Created", 1_000L, 1_010L, 10L, null))
                .addSchedulerState(
                        new SchedulerStateSpan("Executing", 1_010L, null, null, "a stack trace"))
                .setEndTimestamp(1_000 + duration)
                .setTerminatedReason(reason);
        summary.addTerminated(rescale);
        latest.put(rescale.getTerminalState(), rescale);
        return rescale;
    }

    public RescalesStatsSnapshot snapshot() {
        return new RescalesStatsSnapshot(
                List.copyOf(newestFirst), latest, summary.createSnapshot());
    }

    private static void withPlan(Rescale rescale) {
        SlotSharingGroup planned = new SlotSharingGroup();
        planned.setSlotSharingGroupName("default");
        JobVertexID vertex = new JobVertexID(1, 2);
        VertexParallelismRescaleInfo parallelism =
                new VertexParallelismRescaleInfo(vertex, "map", planned);
        parallelism.setPreRescaleParallelism(2);
        parallelism.setPostRescaleParallelism(4);
        rescale.getModifiableVertices().put(vertex, parallelism);
        SlotSharingGroupRescale slots = new SlotSharingGroupRescale(planned);
        slots.setDesiredSlots(4);
        slots.setMinimalRequiredSlots(1);
        slots.setPreRescaleSlots(2);
        slots.setPostRescaleSlots(4);
        slots.setAcquiredResourceProfile(PROFILE);
        rescale.getModifiableSlots().put(planned.getSlotSharingGroupId(), slots);

        SlotSharingGroup unplanned = new SlotSharingGroup();
        unplanned.setResourceProfile(ResourceProfile.ANY);
        JobVertexID other = new JobVertexID(3, 4);
        rescale.getModifiableVertices()
                .put(other, new VertexParallelismRescaleInfo(other, null, unplanned));
        rescale.getModifiableSlots()
                .put(unplanned.getSlotSharingGroupId(), new SlotSharingGroupRescale(unplanned));
    }
}
