package dev.drey.server.rescaling;

import dev.drey.server.rescaling.JobToRescale.State;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionGraph;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionJobVertex;
import org.apache.flink.runtime.instance.SlotSharingGroupId;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.jobmanager.scheduler.SlotSharingGroup;

/**
 * What a rescaling would do to a job, and all that is against it.
 *
 * @param vertices in topological order
 * @param refusals the one that is told first comes first
 */
record RescalingPlan(JobID jobId, List<Vertex> vertices, List<Refusal> refusals) {

    private static final int LEAST = 1;

    /**
     * What becomes of a vertex.
     *
     * @param parallelism what it runs with
     * @param lowerBound the least that it is to run with from now on
     * @param wanted what it is to run with, the upper bound
     * @param maximum its maximum parallelism
     */
    record Vertex(
            JobVertexID id,
            String name,
            SlotSharingGroup group,
            int parallelism,
            int lowerBound,
            int wanted,
            int maximum) {

        boolean changes() {
            return parallelism != wanted;
        }
    }

    /** Why the rescaling is refused. */
    record Refusal(Status status, String reason) {}

    static RescalingPlan of(State job, RescalingRequest request) {
        ArchivedExecutionGraph graph = job.graph().getArchivedExecutionGraph();
        List<Vertex> vertices = new ArrayList<>();
        for (ArchivedExecutionJobVertex vertex : graph.getVerticesTopologically()) {
            vertices.add(vertex(vertex, lowerBound(job, vertex), request.parallelism()));
        }
        return new RescalingPlan(graph.getJobID(), vertices, refusals(job, vertices, request));
    }

    private static Vertex vertex(ArchivedExecutionJobVertex vertex, int lowerBound, int asked) {
        int wanted = vertex.getMaxParallelism() == LEAST ? LEAST : asked;
        return new Vertex(
                vertex.getJobVertexId(),
                vertex.getName(),
                vertex.getSlotSharingGroup(),
                vertex.getParallelism(),
                Math.min(lowerBound, wanted),
                wanted,
                vertex.getMaxParallelism());
    }

    /** Flink has -1 where nobody chose one. */
    private static int lowerBound(State job, ArchivedExecutionJobVertex vertex) {
        return job.requirements()
                .map(JobResourceRequirements::getJobVertexParallelisms)
                .map(requirements -> requirements.get(vertex.getJobVertexId()))
                .map(required -> Math.max(LEAST, required.getParallelism().getLowerBound()))
                .orElse(LEAST);
    }

    private static List<Refusal> refusals(
            State job, List<Vertex> vertices, RescalingRequest request) {
        List<Refusal> refusals = new ArrayList<>();
        ArchivedExecutionGraph graph = job.graph().getArchivedExecutionGraph();
        JobID jobId = graph.getJobID();
        SchedulerType scheduler = job.graph().getSchedulerType();
        if (scheduler != null && scheduler != SchedulerType.Adaptive) {
            refusals.add(
                    conflict(
                            "Job %s is run by the %s scheduler: only one that was started under the %s scheduler can be rescaled (%s)"
                                    .formatted(
                                            jobId,
                                            scheduler,
                                            SchedulerType.Adaptive,
                                            JobManagerOptions.SCHEDULER.key())));
        }
        if (RescaleConfigConverter.isReactive(job.graph())) {
            refusals.add(
                    conflict(
                            "Job %s is run in reactive mode (%s), in which it takes all slots there are: its parallelism is that of the cluster"
                                    .formatted(jobId, JobManagerOptions.SCHEDULER_MODE.key())));
        }
        if (graph.getState() != JobStatus.RUNNING) {
            refusals.add(
                    conflict(
                            "Job %s is %s: only a running job can be rescaled"
                                    .formatted(jobId, graph.getState())));
        }
        for (Vertex vertex : vertices) {
            if (vertex.wanted() > vertex.maximum()) {
                refusals.add(
                        new Refusal(
                                Status.BAD_REQUEST,
                                "Parallelism %d is above the maximum parallelism of vertex %s '%s', which is %d"
                                        .formatted(
                                                vertex.wanted(),
                                                vertex.id(),
                                                vertex.name(),
                                                vertex.maximum())));
            }
        }
        if (!request.allowStateLoss()
                && vertices.stream().anyMatch(Vertex::changes)
                && !canBeRestored(graph.getCheckpointStatsSnapshot())) {
            refusals.add(
                    conflict(
                            "Job %s has no completed checkpoint: it would begin again from its initial state. Take a checkpoint first, or allow that with %s=true"
                                    .formatted(jobId, RescalingQuery.ALLOW_STATE_LOSS)));
        }
        return refusals;
    }

    private static Refusal conflict(String reason) {
        return new Refusal(Status.CONFLICT, reason);
    }

    /**
     * Whether a restart restores state: a savepoint that a job was started from counts, and one
     * that it has only written does not.
     */
    private static boolean canBeRestored(CheckpointStatsSnapshot checkpoints) {
        if (checkpoints == null) {
            return false;
        }
        CompletedCheckpointStats latest = checkpoints.getHistory().getLatestCompletedCheckpoint();
        return checkpoints.getCounts().getNumberOfRestoredCheckpoints() > 0
                || (latest != null && !latest.getProperties().isSavepoint());
    }

    /** The same plan with one more thing against it. */
    RescalingPlan refusedFor(String conflict) {
        List<Refusal> all = new ArrayList<>(refusals);
        all.add(conflict(conflict));
        return new RescalingPlan(jobId, vertices, all);
    }

    /**
     * Throws what is against it, if anything is: all that has the status of what is told first.
     *
     * @throws ClientErrorException with 400 or 409
     */
    void requireAllowed() {
        if (refusals.isEmpty()) {
            return;
        }
        Status status = refusals.get(0).status();
        throw new ClientErrorException(
                refusals.stream()
                        .filter(refusal -> refusal.status() == status)
                        .map(Refusal::reason)
                        .collect(Collectors.joining("; ")),
                status);
    }

    /** What the job is to require from now on. */
    JobResourceRequirements requirements() {
        JobResourceRequirements.Builder requirements = JobResourceRequirements.newBuilder();
        for (Vertex vertex : vertices) {
            requirements.setParallelismForJobVertex(
                    vertex.id(), vertex.lowerBound(), vertex.wanted());
        }
        return requirements.build();
    }

    /** How many slots it takes: vertices of one slot sharing group share them. */
    int slots() {
        Map<SlotSharingGroupId, Integer> groups = new HashMap<>();
        for (Vertex vertex : vertices) {
            groups.merge(vertex.group().getSlotSharingGroupId(), vertex.wanted(), Integer::max);
        }
        return groups.values().stream().mapToInt(Integer::intValue).sum();
    }
}
