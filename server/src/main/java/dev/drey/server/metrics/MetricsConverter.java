package dev.drey.server.metrics;

import dev.drey.model.metrics.Metric;
import dev.drey.model.metrics.MetricCollectionResponseBody;
import dev.drey.model.metrics.MetricId;
import dev.drey.server.vertices.GraphLookup;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore.ComponentMetricStore;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

final class MetricsConverter {

    private static final MetricCollectionResponseBody NONE =
            new MetricCollectionResponseBody(List.of());

    /**
     * The metrics of {@code component} with these ids; the names of all its metrics if there are no
     * ids.
     *
     * @param component {@code null} if nothing is known of it
     */
    static MetricCollectionResponseBody metrics(ComponentMetricStore component, List<String> ids) {
        if (component == null) {
            return NONE;
        }
        return new MetricCollectionResponseBody(
                ids.isEmpty()
                        ? component.metrics.keySet().stream()
                                .map(id -> new Metric(new MetricId(id), null))
                                .toList()
                        : values(component, ids.stream().distinct()));
    }

    static MetricCollectionResponseBody watermarks(
            ExecutionGraphInfo graph, JobVertexID vertexId, MetricStore metrics) {
        AccessExecutionJobVertex vertex = GraphLookup.vertex(graph, vertexId);
        ComponentMetricStore component =
                metrics.getTaskMetricStore(graph.getJobId().toString(), vertexId.toString());
        return component == null
                ? NONE
                : new MetricCollectionResponseBody(
                        values(
                                component,
                                Arrays.stream(vertex.getTaskVertices())
                                        .map(
                                                subtask ->
                                                        subtask.getParallelSubtaskIndex()
                                                                + "."
                                                                + MetricNames
                                                                        .IO_CURRENT_INPUT_WATERMARK)));
    }

    private static List<Metric> values(ComponentMetricStore component, Stream<String> ids) {
        return ids.<Metric>mapMulti(
                        (id, metrics) -> {
                            String value = component.getMetric(id);
                            if (value != null) {
                                metrics.accept(new Metric(new MetricId(id), value));
                            }
                        })
                .toList();
    }

    private MetricsConverter() {}
}
