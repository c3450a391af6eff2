package dev.drey.server.vertices;

import dev.drey.model.vertices.JobVertexDetailsInfo;
import dev.drey.model.vertices.SubtaskExecutionAttemptDetailsInfo;
import dev.drey.server.Ids;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

final class VertexDetailsConverter {

    static JobVertexDetailsInfo details(
            ExecutionGraphInfo info, JobVertexID vertexId, MetricStore metrics) {
        return details(
                GraphLookup.vertex(info, vertexId), AttemptConverter.of(info, vertexId, metrics));
    }

    static JobVertexDetailsInfo details(
            AccessExecutionJobVertex vertex, AttemptConverter attempts) {
        List<SubtaskExecutionAttemptDetailsInfo> subtasks =
                Arrays.stream(vertex.getTaskVertices()).map(attempts::current).toList();
        return new JobVertexDetailsInfo(
                Ids.of(vertex.getJobVertexId()),
                vertex.getName(),
                vertex.getParallelism(),
                vertex.getMaxParallelism(),
                attempts.now(),
                subtasks,
                AggregatesConverter.aggregates(
                        subtasks.stream()
                                .map(SubtaskExecutionAttemptDetailsInfo::ioMetricsInfo)
                                .toList(),
                        subtasks.stream()
                                .map(SubtaskExecutionAttemptDetailsInfo::statusDuration)
                                .toList()));
    }

    static SubtaskExecutionAttemptDetailsInfo currentAttempt(
            ExecutionGraphInfo info, JobVertexID vertexId, int subtask, MetricStore metrics) {
        return AttemptConverter.of(info, vertexId, metrics)
                .current(GraphLookup.subtask(info, vertexId, subtask));
    }

    static SubtaskExecutionAttemptDetailsInfo attempt(
            ExecutionGraphInfo info,
            JobVertexID vertexId,
            int subtask,
            int attempt,
            MetricStore metrics) {
        return AttemptConverter.of(info, vertexId, metrics)
                .info(GraphLookup.attempt(info, vertexId, subtask, attempt));
    }

    private VertexDetailsConverter() {}
}
