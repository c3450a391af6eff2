package dev.drey.server.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import dev.drey.server.vertices.Graphs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.rest.handler.AbstractRestHandler;
import org.apache.flink.runtime.rest.handler.RestHandlerBridge;
import org.apache.flink.runtime.rest.handler.job.HandlerBridge;
import org.apache.flink.runtime.rest.handler.job.metrics.AggregatingJobsMetricsHandler;
import org.apache.flink.runtime.rest.handler.job.metrics.AggregatingSubtasksMetricsHandler;
import org.apache.flink.runtime.rest.handler.job.metrics.AggregatingTaskManagersMetricsHandler;
import org.apache.flink.runtime.rest.handler.job.metrics.JobManagerMetricsHandler;
import org.apache.flink.runtime.rest.handler.job.metrics.JobManagerOperatorMetricsHandler;
import org.apache.flink.runtime.rest.handler.job.metrics.JobMetricsHandler;
import org.apache.flink.runtime.rest.handler.job.metrics.JobVertexMetricsHandler;
import org.apache.flink.runtime.rest.handler.job.metrics.JobVertexWatermarksHandler;
import org.apache.flink.runtime.rest.handler.job.metrics.SubtaskMetricsHandler;
import org.apache.flink.runtime.rest.handler.job.metrics.TaskManagerMetricsHandler;
import org.apache.flink.runtime.rest.handler.legacy.DefaultExecutionGraphCache;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcher;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.ResponseBody;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.webmonitor.RestfulGateway;

/** What Flink's own handlers answer about the same metrics. */
final class MetricsOracle {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final Map<String, AbstractRestHandler<RestfulGateway, EmptyRequestBody, ?, ?>> handlers;
    private final JobVertexWatermarksHandler watermarks;

    @SuppressWarnings("deprecation") // the route of a vertex is still served
    MetricsOracle(MetricFetcher metrics) {
        handlers =
                Map.ofEntries(
                        Map.entry(
                                "/jobmanager/metrics",
                                new JobManagerMetricsHandler(
                                        CompletableFuture::new, TIMEOUT, Map.of(), metrics)),
                        Map.entry(
                                "/taskmanagers/:taskmanagerid/metrics",
                                new TaskManagerMetricsHandler(
                                        CompletableFuture::new, TIMEOUT, Map.of(), metrics)),
                        Map.entry(
                                "/jobs/:jobid/metrics",
                                new JobMetricsHandler(
                                        CompletableFuture::new, TIMEOUT, Map.of(), metrics)),
                        Map.entry(
                                "/jobs/:jobid/vertices/:vertexid/metrics",
                                new JobVertexMetricsHandler(
                                        CompletableFuture::new, TIMEOUT, Map.of(), metrics)),
                        Map.entry(
                                "/jobs/:jobid/vertices/:vertexid/jm-operator-metrics",
                                new JobManagerOperatorMetricsHandler(
                                        CompletableFuture::new, TIMEOUT, Map.of(), metrics)),
                        Map.entry(
                                "/jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex/metrics",
                                new SubtaskMetricsHandler(
                                        CompletableFuture::new, TIMEOUT, Map.of(), metrics)),
                        Map.entry(
                                "/jobs/metrics",
                                new AggregatingJobsMetricsHandler(
                                        CompletableFuture::new,
                                        TIMEOUT,
                                        Map.of(),
                                        Runnable::run,
                                        metrics)),
                        Map.entry(
                                "/taskmanagers/metrics",
                                new AggregatingTaskManagersMetricsHandler(
                                        CompletableFuture::new,
                                        TIMEOUT,
                                        Map.of(),
                                        Runnable::run,
                                        metrics)),
                        Map.entry(
                                "/jobs/:jobid/vertices/:vertexid/subtasks/metrics",
                                new AggregatingSubtasksMetricsHandler(
                                        CompletableFuture::new,
                                        TIMEOUT,
                                        Map.of(),
                                        Runnable::run,
                                        metrics)));
        watermarks =
                new JobVertexWatermarksHandler(
                        CompletableFuture::new,
                        TIMEOUT,
                        Map.of(),
                        metrics,
                        new DefaultExecutionGraphCache(TIMEOUT, TIMEOUT),
                        Runnable::run);
    }

    /**
     * What Flink answers.
     *
     * @param values of the parameters of {@code route}, in their order
     * @param query such as {@code ?get=x,y}, not encoded; may be empty
     */
    JsonNode answer(String route, List<String> values, String query) {
        Map<String, String> path = new LinkedHashMap<>();
        for (String part : route.split("/", -1)) {
            if (part.startsWith(":")) {
                path.put(part.substring(1), values.get(path.size()));
            }
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String parameter : query.replaceFirst("\\?", "").split("&", 0)) {
            if (!parameter.isEmpty()) {
                String[] parts = parameter.split("=", -1);
                parameters.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
            }
        }
        try {
            ResponseBody body = RestHandlerBridge.answer(handlers.get(route), path, parameters);
            return JsonTrees.ofFlink(body);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    JsonNode watermarks(ExecutionGraphInfo graph) {
        try {
            return JsonTrees.ofFlink(
                    HandlerBridge.answer(
                            watermarks,
                            Map.of(
                                    "jobid",
                                    Graphs.JOB.toString(),
                                    "vertexid",
                                    Graphs.VERTEX.toString()),
                            Map.of(),
                            graph.getArchivedExecutionGraph()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
