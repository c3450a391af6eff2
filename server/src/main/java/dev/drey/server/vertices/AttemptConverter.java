package dev.drey.server.vertices;

import dev.drey.model.ResourceId;
import dev.drey.model.jobs.ExecutionState;
import dev.drey.model.jobs.IOMetricsInfo;
import dev.drey.model.vertices.SubtaskExecutionAttemptDetailsInfo;
import dev.drey.server.Ids;
import dev.drey.server.jobs.ExecutionStates;
import dev.drey.server.jobs.IOMetricsConverter;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.taskmanager.TaskManagerLocation;

/**
 * Shows attempts to run the subtasks of one vertex, all at the same moment.
 *
 * @param metrics what attempts that have not ended report; {@code null} if nobody asks them
 */
record AttemptConverter(
        JobID jobId, JobVertexID vertexId, MetricStore.JobMetricStoreSnapshot metrics, long now) {

    /** The states an attempt passes through until it ends. */
    static final List<org.apache.flink.runtime.execution.ExecutionState> PASSING_STATES =
            List.of(
                    org.apache.flink.runtime.execution.ExecutionState.CREATED,
                    org.apache.flink.runtime.execution.ExecutionState.SCHEDULED,
                    org.apache.flink.runtime.execution.ExecutionState.DEPLOYING,
                    org.apache.flink.runtime.execution.ExecutionState.INITIALIZING,
                    org.apache.flink.runtime.execution.ExecutionState.RUNNING);

    private static final String UNASSIGNED = "(unassigned)";
    private static final long NOT_YET = -1L;

    static AttemptConverter of(ExecutionGraphInfo info, JobVertexID vertexId, MetricStore metrics) {
        return new AttemptConverter(
                info.getJobId(), vertexId, metrics.getJobs(), System.currentTimeMillis());
    }

    /** Where the task manager at {@code location} takes data. */
    static String endpoint(TaskManagerLocation location) {
        return location == null ? UNASSIGNED : location.getEndpoint();
    }

    static ResourceId taskManager(TaskManagerLocation location) {
        return location == null ? new ResourceId(UNASSIGNED) : Ids.of(location.getResourceID());
    }

    /** The attempt that stands for {@code subtask}, and those beside it. */
    SubtaskExecutionAttemptDetailsInfo current(AccessExecutionVertex subtask) {
        AccessExecution current = subtask.getCurrentExecutionAttempt();
        return info(
                current,
                subtask.<AccessExecution>getCurrentExecutions().stream()
                        .filter(other -> other.getAttemptNumber() != current.getAttemptNumber())
                        .map(this::info)
                        .toList());
    }

    SubtaskExecutionAttemptDetailsInfo info(AccessExecution attempt) {
        return info(attempt, List.of());
    }

    private SubtaskExecutionAttemptDetailsInfo info(
            AccessExecution attempt, List<SubtaskExecutionAttemptDetailsInfo> others) {
        TaskManagerLocation location = attempt.getAssignedResourceLocation();
        long deployed =
                attempt.getStateTimestamp(
                        org.apache.flink.runtime.execution.ExecutionState.DEPLOYING);
        long endTime =
                attempt.getState().isTerminal()
                        ? attempt.getStateTimestamp(attempt.getState())
                        : NOT_YET;
        return new SubtaskExecutionAttemptDetailsInfo(
                attempt.getParallelSubtaskIndex(),
                ExecutionStates.of(attempt.getState()),
                attempt.getAttemptNumber(),
                endpoint(location),
                deployed == 0 ? NOT_YET : deployed,
                endTime,
                deployed > 0 ? (endTime > 0 ? endTime : now) - deployed : NOT_YET,
                ioMetrics(List.of(attempt)),
                taskManager(location),
                statusDuration(attempt),
                others);
    }

    /** What {@code attempts} have read and written together. */
    IOMetricsInfo ioMetrics(Collection<AccessExecution> attempts) {
        return IOMetricsConverter.info(attempts, jobId, vertexId, metrics);
    }

    /** How long {@code attempt} was in each of {@link #PASSING_STATES}. */
    Map<ExecutionState, Long> statusDuration(AccessExecution attempt) {
        Map<ExecutionState, Long> durations = new EnumMap<>(ExecutionState.class);
        for (org.apache.flink.runtime.execution.ExecutionState state : PASSING_STATES) {
            long start = attempt.getStateTimestamp(state);
            long end = attempt.getState() == state ? now : attempt.getStateEndTimestamp(state);
            durations.put(
                    ExecutionStates.of(state), start == 0 || end == 0 ? NOT_YET : end - start);
        }
        return durations;
    }
}
