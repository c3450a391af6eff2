package dev.drey.server.rescaling;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.configuration.SchedulerExecutionMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.accumulators.StringifiedAccumulatorResult;
import org.apache.flink.runtime.checkpoint.CheckpointProperties;
import org.apache.flink.runtime.checkpoint.CheckpointRetentionPolicy;
import org.apache.flink.runtime.checkpoint.CheckpointStatsBridge;
import org.apache.flink.runtime.checkpoint.DefaultCheckpointStatsTracker;
import org.apache.flink.runtime.checkpoint.PendingCheckpointStats;
import org.apache.flink.runtime.clusterframework.types.ResourceProfile;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.ArchivedExecution;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphID;
import org.apache.flink.runtime.executiongraph.ExecutionHistory;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.jobmanager.scheduler.SlotSharingGroup;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.rest.messages.job.rescales.JobRescaleConfigInfo;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.strategy.ExecutionVertexID;

/**
 * A job with two vertices that share their slots and a third that cannot be rescaled, and the
 * dispatcher that knows it. What it is told to require it writes down, and does nothing more.
 */
final class FakeJob {

    static final JobID ID = new JobID(7, 8);
    static final JobVertexID NUMBERS = new JobVertexID(1, 1);
    static final JobVertexID COUNT = new JobVertexID(2, 2);
    static final JobVertexID SINGLE = new JobVertexID(3, 3);

    static final int MAXIMUM = 128;
    static final int MAXIMUM_OF_COUNT = 8;

    /** Cooldown, stabilisation timeout and maximum delay; each is as many milliseconds. */
    static final long DELAYS = 4_000 + 5_000 + 6_000;

    private static final SlotSharingGroup SHARED = group("default");
    private static final SlotSharingGroup APART = group("apart");
    private static final CheckpointProperties CHECKPOINT =
            CheckpointProperties.forCheckpoint(CheckpointRetentionPolicy.RETAIN_ON_CANCELLATION);
    private static final CheckpointProperties SAVEPOINT =
            CheckpointProperties.forSavepoint(true, SavepointFormatType.CANONICAL);

    private final DefaultCheckpointStatsTracker checkpoints =
            new DefaultCheckpointStatsTracker(
                    10, UnregisteredMetricGroups.createUnregisteredJobManagerJobMetricGroup());
    private final List<JobResourceRequirements> updates =
            Collections.synchronizedList(new ArrayList<>());
    private final Map<JobVertexID, Integer> parallelism = new ConcurrentHashMap<>();
    private final Map<JobVertexID, ExecutionState> states = new ConcurrentHashMap<>();

    volatile JobStatus status = JobStatus.RUNNING;
    volatile SchedulerType scheduler = SchedulerType.Adaptive;
    volatile SchedulerExecutionMode mode;
    volatile ErrorInfo failure;
    volatile JobResourceRequirements requirements = requirements(1, 1, 1);

    /** How often somebody has asked to look at it. */
    final AtomicInteger looks = new AtomicInteger();

    /** Until then nobody is shown what it looks like. */
    volatile CompletableFuture<Void> shown = CompletableFuture.completedFuture(null);

    /** What the dispatcher answers to everything, instead of what it would. */
    volatile Throwable refusal;

    /** The same to updates alone. */
    volatile Throwable refusalOfUpdates;

    /** What it answers to them otherwise. */
    volatile CompletableFuture<Acknowledge> acknowledged =
            CompletableFuture.completedFuture(Acknowledge.get());

    /** Runs with parallelism 1. */
    FakeJob() {
        runsWith(1);
    }

    /** A job with a completed checkpoint. */
    static FakeJob checkpointed() {
        FakeJob job = new FakeJob();
        job.completeCheckpoint();
        return job;
    }

    static JobResourceRequirements requirements(int lower, int upper, int single) {
        return JobResourceRequirements.newBuilder()
                .setParallelismForJobVertex(NUMBERS, lower, upper)
                .setParallelismForJobVertex(COUNT, lower, upper)
                .setParallelismForJobVertex(SINGLE, 1, single)
                .build();
    }

    void runsWith(int parallelismOfBoth) {
        parallelism.put(NUMBERS, parallelismOfBoth);
        parallelism.put(COUNT, parallelismOfBoth);
        parallelism.put(SINGLE, 1);
    }

    void isIn(JobVertexID vertex, ExecutionState state) {
        states.put(vertex, state);
    }

    void completeCheckpoint() {
        complete(1, CHECKPOINT);
    }

    void completeSavepoint() {
        complete(2, SAVEPOINT);
    }

    void restoreSavepoint() {
        checkpoints.reportInitializationStarted(Set.of(), 1_000);
        checkpoints.reportRestoredCheckpoint(3, SAVEPOINT, "file:///savepoint", 10);
    }

    private void complete(long id, CheckpointProperties properties) {
        PendingCheckpointStats pending =
                checkpoints.reportPendingCheckpoint(id, 1_000, properties, Map.of(NUMBERS, 1));
        CheckpointStatsBridge.acknowledge(pending, NUMBERS, 0, 1_010, 100, false);
        CheckpointStatsBridge.complete(checkpoints, pending, "file:///" + id);
    }

    /** All that it was told to require. */
    List<JobResourceRequirements> updates() {
        return List.copyOf(updates);
    }

    JobToRescale.State state() {
        return new JobToRescale.State(graph(), Optional.of(requirements));
    }

    ExecutionGraphInfo graph() {
        Map<JobVertexID, ArchivedExecutionJobVertex> vertices = new LinkedHashMap<>();
        vertices.put(NUMBERS, vertex(NUMBERS, "numbers", SHARED, MAXIMUM));
        vertices.put(COUNT, vertex(COUNT, "count", SHARED, MAXIMUM_OF_COUNT));
        vertices.put(SINGLE, vertex(SINGLE, "single", APART, 1));
        return new ExecutionGraphInfo(
                new ArchivedExecutionGraphBuilder()
                        .setJobID(ID)
                        .setState(status)
                        .setFailureCause(failure)
                        .setTasks(vertices)
                        .setVerticesInCreationOrder(List.copyOf(vertices.values()))
                        .setCheckpointStatsSnapshot(checkpoints.createSnapshot())
                        .build(),
                List.of(),
                scheduler,
                scheduler == SchedulerType.Adaptive
                        ? new JobRescaleConfigInfo(20, mode, 1L, 2L, 3L, 4_000L, 5_000L, 6_000L, 2)
                        : null,
                null);
    }

    private ArchivedExecutionJobVertex vertex(
            JobVertexID id, String name, SlotSharingGroup group, int maximum) {
        int subtasks = parallelism.get(id);
        ArchivedExecutionVertex[] vertices = new ArchivedExecutionVertex[subtasks];
        for (int i = 0; i < subtasks; i++) {
            vertices[i] = subtask(id, i);
        }
        return new ArchivedExecutionJobVertex(
                vertices,
                id,
                name,
                subtasks,
                maximum,
                group,
                ResourceProfile.UNKNOWN,
                new StringifiedAccumulatorResult[0]);
    }

    private ArchivedExecutionVertex subtask(JobVertexID vertex, int index) {
        int times = ExecutionState.values().length;
        return new ArchivedExecutionVertex(
                index,
                "task",
                new ArchivedExecution(
                        new StringifiedAccumulatorResult[0],
                        null,
                        new ExecutionAttemptID(
                                new ExecutionGraphID(), new ExecutionVertexID(vertex, index), 0),
                        states.getOrDefault(vertex, ExecutionState.RUNNING),
                        null,
                        null,
                        null,
                        new long[times],
                        new long[times]),
                new ExecutionHistory(0));
    }

    /** Flink's fake is final, and its builder has nothing for resource requirements. */
    DispatcherGateway dispatcher() {
        return (DispatcherGateway)
                Proxy.newProxyInstance(
                        DispatcherGateway.class.getClassLoader(),
                        new Class<?>[] {DispatcherGateway.class},
                        (proxy, method, arguments) -> {
                            if (refusal != null) {
                                return CompletableFuture.failedFuture(refusal);
                            }
                            if (!ID.equals(arguments[0])) {
                                return CompletableFuture.failedFuture(
                                        new FlinkJobNotFoundException((JobID) arguments[0]));
                            }
                            return switch (method.getName()) {
                                case "requestExecutionGraphInfo" -> {
                                    looks.incrementAndGet();
                                    yield shown.thenApply(now -> graph());
                                }
                                case "requestJobResourceRequirements" -> answerRequirements();
                                case "updateJobResourceRequirements" ->
                                        update((JobResourceRequirements) arguments[1]);
                                default ->
                                        throw new UnsupportedOperationException(method.getName());
                            };
                        });
    }

    private CompletableFuture<JobResourceRequirements> answerRequirements() {
        if (scheduler != SchedulerType.Adaptive) {
            return CompletableFuture.failedFuture(
                    new UnsupportedOperationException("The DefaultScheduler does not"));
        }
        return status.isGloballyTerminalState()
                ? CompletableFuture.failedFuture(new FlinkJobNotFoundException(ID))
                : CompletableFuture.completedFuture(requirements);
    }

    private CompletableFuture<Acknowledge> update(JobResourceRequirements wanted) {
        if (refusalOfUpdates != null) {
            return CompletableFuture.failedFuture(refusalOfUpdates);
        }
        updates.add(wanted);
        requirements = wanted;
        return acknowledged;
    }

    private static SlotSharingGroup group(String name) {
        SlotSharingGroup group = new SlotSharingGroup();
        group.setSlotSharingGroupName(name);
        return group;
    }
}
