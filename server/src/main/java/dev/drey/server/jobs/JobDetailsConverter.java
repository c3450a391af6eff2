package dev.drey.server.jobs;

import dev.drey.model.RawJson;
import dev.drey.model.jobs.ExecutionState;
import dev.drey.model.jobs.IOMetricsInfo;
import dev.drey.model.jobs.JobDetailsInfo;
import dev.drey.model.jobs.JobStatus;
import dev.drey.server.Ids;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ExecutionJobVertex;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.rest.handler.util.MutableIOMetrics;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

final class JobDetailsConverter {

    private static final long NOT_YET = -1L;

    static JobDetailsInfo details(ExecutionGraphInfo info, MetricStore metrics) {
        return details(info, metrics.getJobs(), System.currentTimeMillis());
    }

    static JobDetailsInfo details(
            ExecutionGraphInfo info, MetricStore.JobMetricStoreSnapshot metrics, long now) {
        AccessExecutionGraph graph = info.getArchivedExecutionGraph();
        org.apache.flink.api.common.JobStatus state = graph.getState();
        long startTime =
                graph.getStatusTimestamp(org.apache.flink.api.common.JobStatus.INITIALIZING);
        long endTime = state.isGloballyTerminalState() ? graph.getStatusTimestamp(state) : NOT_YET;
        List<JobDetailsInfo.JobVertexDetailsInfo> vertices = new ArrayList<>();
        Map<ExecutionState, Integer> verticesPerState = noneInAnyState();
        for (AccessExecutionJobVertex vertex : graph.getVerticesTopologically()) {
            JobDetailsInfo.JobVertexDetailsInfo details =
                    vertex(vertex, now, graph.getJobID(), metrics);
            vertices.add(details);
            verticesPerState.merge(details.executionState(), 1, Integer::sum);
        }
        return new JobDetailsInfo(
                Ids.of(graph.getJobID()),
                graph.getApplicationId().map(Ids::of).orElse(null),
                graph.getJobName(),
                graph.isStoppable(),
                JobStatus.valueOf(state.name()),
                JobsConverter.jobType(graph.getJobType()),
                JobsConverter.schedulerType(info.getSchedulerType()),
                startTime,
                endTime,
                (endTime > 0 ? endTime : now) - startTime,
                graph.getArchivedExecutionConfig().getMaxParallelism(),
                now,
                timestamps(graph),
                vertices,
                verticesPerState,
                JobPlanConverter.plan(graph.getPlan()),
                graph.getStreamGraphJson() == null ? null : new RawJson(graph.getStreamGraphJson()),
                graph.getPendingOperatorCount());
    }

    private static Map<JobStatus, Long> timestamps(AccessExecutionGraph graph) {
        Map<JobStatus, Long> timestamps = new EnumMap<>(JobStatus.class);
        for (org.apache.flink.api.common.JobStatus status :
                org.apache.flink.api.common.JobStatus.values()) {
            timestamps.put(JobStatus.valueOf(status.name()), graph.getStatusTimestamp(status));
        }
        return timestamps;
    }

    @SuppressWarnings("EnumOrdinal") // Flink counts in arrays by ordinal
    private static JobDetailsInfo.JobVertexDetailsInfo vertex(
            AccessExecutionJobVertex vertex,
            long now,
            JobID jobId,
            MetricStore.JobMetricStoreSnapshot metrics) {
        int[] tasksPerState =
                new int[org.apache.flink.runtime.execution.ExecutionState.values().length];
        Map<ExecutionState, Integer> tasks = noneInAnyState();
        MutableIOMetrics io = new MutableIOMetrics();
        long firstStart = Long.MAX_VALUE;
        long lastChange = 0;
        boolean ended = true;
        for (AccessExecutionVertex task : vertex.getTaskVertices()) {
            org.apache.flink.runtime.execution.ExecutionState state = task.getExecutionState();
            tasksPerState[state.ordinal()]++;
            tasks.merge(state(state), 1, Integer::sum);
            long deployed =
                    task.getStateTimestamp(
                            org.apache.flink.runtime.execution.ExecutionState.DEPLOYING);
            if (deployed > 0) {
                firstStart = Math.min(firstStart, deployed);
            }
            lastChange = Math.max(lastChange, task.getStateTimestamp(state));
            ended &= state.isTerminal();
            io.addIOMetrics(
                    task.getCurrentExecutionAttempt(),
                    metrics,
                    jobId.toString(),
                    vertex.getJobVertexId().toString());
        }
        boolean started = firstStart < Long.MAX_VALUE;
        long startTime = started ? firstStart : NOT_YET;
        long endTime = started && ended ? lastChange : NOT_YET;
        long duration = started ? (ended ? lastChange : now) - firstStart : NOT_YET;
        return new JobDetailsInfo.JobVertexDetailsInfo(
                Ids.of(vertex.getJobVertexId()),
                Ids.of(vertex.getSlotSharingGroup().getSlotSharingGroupId()),
                vertex.getName(),
                vertex.getMaxParallelism(),
                vertex.getParallelism(),
                state(
                        ExecutionJobVertex.getAggregateJobVertexState(
                                tasksPerState, vertex.getParallelism())),
                startTime,
                endTime,
                duration,
                tasks,
                ioMetrics(io));
    }

    private static IOMetricsInfo ioMetrics(MutableIOMetrics io) {
        return new IOMetricsInfo(
                io.getNumBytesIn(),
                io.isNumBytesInComplete(),
                io.getNumBytesOut(),
                io.isNumBytesOutComplete(),
                io.getNumRecordsIn(),
                io.isNumRecordsInComplete(),
                io.getNumRecordsOut(),
                io.isNumRecordsOutComplete(),
                io.getAccumulateBackPressuredTime(),
                io.getAccumulateIdleTime(),
                io.getAccumulateBusyTime());
    }

    private static Map<ExecutionState, Integer> noneInAnyState() {
        Map<ExecutionState, Integer> counts = new EnumMap<>(ExecutionState.class);
        for (org.apache.flink.runtime.execution.ExecutionState state :
                org.apache.flink.runtime.execution.ExecutionState.values()) {
            counts.put(state(state), 0);
        }
        return counts;
    }

    private static ExecutionState state(org.apache.flink.runtime.execution.ExecutionState state) {
        return ExecutionState.valueOf(state.name());
    }

    private JobDetailsConverter() {}
}
