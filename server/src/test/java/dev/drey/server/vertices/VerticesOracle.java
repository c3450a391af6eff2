package dev.drey.server.vertices;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.handler.job.AbstractAccessExecutionGraphHandler;
import org.apache.flink.runtime.rest.handler.job.HandlerBridge;
import org.apache.flink.runtime.rest.handler.job.JobVertexAccumulatorsHandler;
import org.apache.flink.runtime.rest.handler.job.JobVertexDetailsHandler;
import org.apache.flink.runtime.rest.handler.job.JobVertexTaskManagersHandler;
import org.apache.flink.runtime.rest.handler.job.SubtaskCurrentAttemptDetailsHandler;
import org.apache.flink.runtime.rest.handler.job.SubtaskExecutionAttemptAccumulatorsHandler;
import org.apache.flink.runtime.rest.handler.job.SubtaskExecutionAttemptDetailsHandler;
import org.apache.flink.runtime.rest.handler.job.SubtasksAllAccumulatorsHandler;
import org.apache.flink.runtime.rest.handler.job.SubtasksTimesHandler;
import org.apache.flink.runtime.rest.handler.legacy.DefaultExecutionGraphCache;
import org.apache.flink.runtime.rest.handler.legacy.ExecutionGraphCache;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcher;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.rest.messages.JobMessageParameters;
import org.apache.flink.runtime.rest.messages.JobVertexAccumulatorsHeaders;
import org.apache.flink.runtime.rest.messages.JobVertexDetailsHeaders;
import org.apache.flink.runtime.rest.messages.JobVertexTaskManagersHeaders;
import org.apache.flink.runtime.rest.messages.ResponseBody;
import org.apache.flink.runtime.rest.messages.SubtasksAllAccumulatorsHeaders;
import org.apache.flink.runtime.rest.messages.SubtasksTimesHeaders;
import org.apache.flink.runtime.rest.messages.job.SubtaskCurrentAttemptDetailsHeaders;
import org.apache.flink.runtime.rest.messages.job.SubtaskExecutionAttemptAccumulatorsHeaders;
import org.apache.flink.runtime.rest.messages.job.SubtaskExecutionAttemptDetailsHeaders;
import org.apache.flink.runtime.webmonitor.history.ArchivedJson;
import org.apache.flink.runtime.webmonitor.history.OnlyExecutionGraphJsonArchivist;

/** What Flink's own handlers answer about one graph. */
final class VerticesOracle {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final ExecutionGraphCache NO_CACHE =
            new DefaultExecutionGraphCache(TIMEOUT, TIMEOUT);

    private final AccessExecutionGraph graph;
    private final JobVertexDetailsHandler details;
    private final JobVertexTaskManagersHandler taskManagers;
    private final SubtasksTimesHandler times;
    private final JobVertexAccumulatorsHandler accumulators;
    private final SubtasksAllAccumulatorsHandler subtasksAccumulators;
    private final SubtaskCurrentAttemptDetailsHandler currentAttempt;
    private final SubtaskExecutionAttemptDetailsHandler attempt;
    private final SubtaskExecutionAttemptAccumulatorsHandler attemptAccumulators;

    VerticesOracle(AccessExecutionGraph graph, MetricStore store) {
        this.graph = graph;
        MetricFetcher fetcher = new Fetched(store);
        details =
                new JobVertexDetailsHandler(
                        CompletableFuture::new,
                        TIMEOUT,
                        Map.of(),
                        JobVertexDetailsHeaders.getInstance(),
                        NO_CACHE,
                        Runnable::run,
                        fetcher);
        taskManagers =
                new JobVertexTaskManagersHandler(
                        CompletableFuture::new,
                        TIMEOUT,
                        Map.of(),
                        JobVertexTaskManagersHeaders.getInstance(),
                        NO_CACHE,
                        Runnable::run,
                        fetcher);
        times =
                new SubtasksTimesHandler(
                        CompletableFuture::new,
                        TIMEOUT,
                        Map.of(),
                        SubtasksTimesHeaders.getInstance(),
                        NO_CACHE,
                        Runnable::run);
        accumulators =
                new JobVertexAccumulatorsHandler(
                        CompletableFuture::new,
                        TIMEOUT,
                        Map.of(),
                        JobVertexAccumulatorsHeaders.getInstance(),
                        NO_CACHE,
                        Runnable::run);
        subtasksAccumulators =
                new SubtasksAllAccumulatorsHandler(
                        CompletableFuture::new,
                        TIMEOUT,
                        Map.of(),
                        SubtasksAllAccumulatorsHeaders.getInstance(),
                        NO_CACHE,
                        Runnable::run);
        currentAttempt =
                new SubtaskCurrentAttemptDetailsHandler(
                        CompletableFuture::new,
                        TIMEOUT,
                        Map.of(),
                        SubtaskCurrentAttemptDetailsHeaders.getInstance(),
                        NO_CACHE,
                        Runnable::run,
                        fetcher);
        attempt =
                new SubtaskExecutionAttemptDetailsHandler(
                        CompletableFuture::new,
                        TIMEOUT,
                        Map.of(),
                        SubtaskExecutionAttemptDetailsHeaders.getInstance(),
                        NO_CACHE,
                        Runnable::run,
                        fetcher);
        attemptAccumulators =
                new SubtaskExecutionAttemptAccumulatorsHandler(
                        CompletableFuture::new,
                        TIMEOUT,
                        Map.of(),
                        SubtaskExecutionAttemptAccumulatorsHeaders.getInstance(),
                        NO_CACHE,
                        Runnable::run);
    }

    ResponseBody details(JobVertexID vertex) {
        return answer(details, path(vertex));
    }

    ResponseBody taskManagers(JobVertexID vertex) {
        return answer(taskManagers, path(vertex));
    }

    ResponseBody times(JobVertexID vertex) {
        return answer(times, path(vertex));
    }

    ResponseBody accumulators(JobVertexID vertex) {
        return answer(accumulators, path(vertex));
    }

    ResponseBody subtasksAccumulators(JobVertexID vertex) {
        return answer(subtasksAccumulators, path(vertex));
    }

    ResponseBody currentAttempt(JobVertexID vertex, int subtask) {
        return answer(currentAttempt, path(vertex, subtask));
    }

    ResponseBody attempt(JobVertexID vertex, int subtask, int number) {
        return answer(attempt, path(vertex, subtask, number));
    }

    ResponseBody attemptAccumulators(JobVertexID vertex, int subtask, int number) {
        return answer(attemptAccumulators, path(vertex, subtask, number));
    }

    /** What the history server gets, by path. */
    Map<String, JsonNode> archive() {
        Map<String, JsonNode> answers = new TreeMap<>();
        for (OnlyExecutionGraphJsonArchivist archivist :
                List.of(details, taskManagers, times, attempt, attemptAccumulators)) {
            try {
                for (ArchivedJson answer : archivist.archiveJsonWithPath(graph)) {
                    answers.put(answer.getPath(), JsonTrees.of(answer.getJson()));
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return answers;
    }

    private <R extends ResponseBody, M extends JobMessageParameters> R answer(
            AbstractAccessExecutionGraphHandler<R, M> handler, Map<String, String> path) {
        try {
            return HandlerBridge.answer(handler, path, Map.of(), graph);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> path(JobVertexID vertex) {
        return Map.of("jobid", Graphs.JOB.toString(), "vertexid", vertex.toString());
    }

    private static Map<String, String> path(JobVertexID vertex, int subtask) {
        Map<String, String> path = new TreeMap<>(path(vertex));
        path.put("subtaskindex", Integer.toString(subtask));
        return path;
    }

    private static Map<String, String> path(JobVertexID vertex, int subtask, int attempt) {
        Map<String, String> path = new TreeMap<>(path(vertex, subtask));
        path.put("attempt", Integer.toString(attempt));
        return path;
    }

    private record Fetched(MetricStore store) implements MetricFetcher {
        @Override
        public MetricStore getMetricStore() {
            return store;
        }

        @Override
        public void update() {}

        @Override
        public long getLastUpdateTime() {
            return 0;
        }
    }
}
