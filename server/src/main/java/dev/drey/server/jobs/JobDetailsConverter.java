package dev.drey.server.jobs;

import dev.drey.model.RawJson;
import dev.drey.model.jobs.ExecutionState;
import dev.drey.model.jobs.JobDetailsInfo;
import dev.drey.model.jobs.JobStatus;
import dev.drey.server.Ids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
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
        Map<ExecutionState, Integer> verticesPerState = ExecutionStates.each(each -> 0);
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

    private static JobDetailsInfo.JobVertexDetailsInfo vertex(
            AccessExecutionJobVertex vertex,
            long now,
            JobID jobId,
            MetricStore.JobMetricStoreSnapshot metrics) {
        List<AccessExecution> tasks =
                Arrays.stream(vertex.getTaskVertices())
                        .map(AccessExecutionVertex::getCurrentExecutionAttempt)
                        .toList();
        TaskTimes times = TaskTimes.of(tasks, now);
        return new JobDetailsInfo.JobVertexDetailsInfo(
                Ids.of(vertex.getJobVertexId()),
                Ids.of(vertex.getSlotSharingGroup().getSlotSharingGroupId()),
                vertex.getName(),
                vertex.getMaxParallelism(),
                vertex.getParallelism(),
                ExecutionStates.aggregate(tasks),
                times.startTime(),
                times.endTime(),
                times.duration(),
                ExecutionStates.counts(tasks),
                IOMetricsConverter.info(tasks, jobId, vertex.getJobVertexId(), metrics));
    }

    private JobDetailsConverter() {}
}
