package dev.drey.server.jobs;

import dev.drey.server.checkpoints.TrackedCheckpoints;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.accumulators.StringifiedAccumulatorResult;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.clusterframework.types.ResourceProfile;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.jobmanager.scheduler.SlotSharingGroup;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.exceptionhistory.RootExceptionHistoryEntry;

/** What a job with one vertex looks like in the course of its life. */
final class JobLook {

    static final JobVertexID VERTEX = new JobVertexID(1, 2);

    /** As {@code web.exception-history-size}. */
    private static final int MOST_FAILURES = 16;

    private final Map<JobStatus, Long> timestamps = new EnumMap<>(JobStatus.class);
    private final Deque<RootExceptionHistoryEntry> failures = new ArrayDeque<>();
    private JobStatus status = JobStatus.INITIALIZING;
    private CheckpointStatsSnapshot checkpoints;
    private int parallelism = 1;

    /**
     * @param timestamp 0: Flink does not know since when
     */
    JobLook is(JobStatus now, long timestamp) {
        status = now;
        timestamps.put(now, timestamp);
        return this;
    }

    JobLook failed(long timestamp) {
        return failed(timestamp, "failure at " + timestamp);
    }

    JobLook failed(long timestamp, String message) {
        failures.add(
                new RootExceptionHistoryEntry(
                        new IllegalStateException(message),
                        timestamp,
                        CompletableFuture.completedFuture(Map.of()),
                        null,
                        null,
                        List.of()));
        if (failures.size() > MOST_FAILURES) {
            failures.remove();
        }
        return this;
    }

    JobLook checkpoints(TrackedCheckpoints tracked) {
        checkpoints = tracked.snapshot();
        return this;
    }

    JobLook parallelism(int subtasks) {
        parallelism = subtasks;
        return this;
    }

    ExecutionGraphInfo graph() {
        ArchivedExecutionJobVertex vertex =
                new ArchivedExecutionJobVertex(
                        new ArchivedExecutionVertex[0],
                        VERTEX,
                        "vertex",
                        parallelism,
                        128,
                        new SlotSharingGroup(),
                        ResourceProfile.UNKNOWN,
                        new StringifiedAccumulatorResult[0]);
        return new ExecutionGraphInfo(
                new ArchivedExecutionGraphBuilder()
                        .setState(status)
                        .setStateTimestamps(
                                Arrays.stream(JobStatus.values())
                                        .mapToLong(at -> timestamps.getOrDefault(at, 0L))
                                        .toArray())
                        .setCheckpointStatsSnapshot(checkpoints)
                        .setTasks(Map.of(VERTEX, vertex))
                        .setVerticesInCreationOrder(List.of(vertex))
                        .build(),
                List.copyOf(failures),
                null);
    }
}
