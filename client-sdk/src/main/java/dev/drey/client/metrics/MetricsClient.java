package dev.drey.client.metrics;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.ResourceId;
import dev.drey.model.metrics.MetricCollectionResponseBody;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Metrics: {@code of…} chooses one part of the cluster, {@code over…} several, whose values are
 * aggregated. {@link Transport} says how the futures fail, what cancelling them does and where
 * their callbacks run.
 *
 * <pre>{@code
 * flink.metrics().ofJob(job).get(MetricId.fromString("numRestarts"));
 * flink.metrics()
 *         .overSubtasks(job, vertex, SubtaskRange.of(0, 9))
 *         .get(AggregatedMetricsQuery.of(MetricId.fromString("numRecordsIn"))
 *                 .aggregatedBy(AggregationMode.SUM, AggregationMode.SKEW));
 * }</pre>
 *
 * <p>The cluster collects metrics every 10 seconds ({@code metrics.fetcher.update-interval}), and
 * only while somebody asks for them: so the answer may be as old as the last question before that.
 * An unknown part is no error, and has no metrics.
 */
public final class MetricsClient {
    private final Transport transport;

    /** Made by the client. */
    public MetricsClient(Transport transport) {
        this.transport = requireNonNull(transport, "transport is null");
    }

    /** Those of the JobManager. */
    public Metrics ofJobManager() {
        return new Metrics(transport, Request.get("/jobmanager/metrics"));
    }

    /** Those of the task manager. */
    public Metrics ofTaskManager(ResourceId taskManager) {
        return new Metrics(
                transport,
                Request.get("/taskmanagers/:taskmanagerid/metrics", taskManager.value()));
    }

    /** Those of the job. */
    public Metrics ofJob(JobId job) {
        return new Metrics(transport, Request.get("/jobs/:jobid/metrics", job.value()));
    }

    /**
     * Those of all subtasks of the vertex; their names begin with the subtask's index and a dot.
     */
    public Metrics ofVertex(JobId job, JobVertexId vertex) {
        return new Metrics(
                transport,
                Request.get(
                        "/jobs/:jobid/vertices/:vertexid/metrics", job.value(), vertex.value()));
    }

    /**
     * Those of the subtask.
     *
     * @param subtask its index, from 0; a negative one is 400
     */
    public Metrics ofSubtask(JobId job, JobVertexId vertex, int subtask) {
        return new Metrics(
                transport,
                Request.get(
                        "/jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex/metrics",
                        job.value(),
                        vertex.value(),
                        Integer.toString(subtask)));
    }

    /**
     * Those that the operators of the vertex have in the JobManager, such as what a source's
     * coordinator tells. From Flink 1.20 on; before, it is 404.
     */
    public Metrics ofJobManagerOperators(JobId job, JobVertexId vertex) {
        return new Metrics(
                transport,
                Request.get(
                        "/jobs/:jobid/vertices/:vertexid/jm-operator-metrics",
                        job.value(),
                        vertex.value()));
    }

    /** Those of all jobs, or of {@code jobs} alone. */
    public AggregatedMetrics overJobs(JobId... jobs) {
        return new AggregatedMetrics(
                transport, selecting(Request.get("/jobs/metrics"), "jobs", Arrays.asList(jobs)));
    }

    /**
     * Those of all task managers, or of {@code taskManagers} alone.
     *
     * @throws IllegalArgumentException if an id holds a comma: no cluster can be asked for it
     */
    public AggregatedMetrics overTaskManagers(ResourceId... taskManagers) {
        for (ResourceId taskManager : taskManagers) {
            AggregatedMetricsQuery.requireAskable(taskManager.value());
        }
        return new AggregatedMetrics(
                transport,
                selecting(
                        Request.get("/taskmanagers/metrics"),
                        "taskmanagers",
                        Arrays.asList(taskManagers)));
    }

    /** Those of all subtasks of the vertex, or of {@code subtasks} alone. */
    public AggregatedMetrics overSubtasks(JobId job, JobVertexId vertex, SubtaskRange... subtasks) {
        return new AggregatedMetrics(
                transport,
                selecting(
                        Request.get(
                                "/jobs/:jobid/vertices/:vertexid/subtasks/metrics",
                                job.value(),
                                vertex.value()),
                        "subtasks",
                        Arrays.asList(subtasks)));
    }

    /**
     * The current watermark of each subtask of the vertex that has one, as {@code
     * 0.currentInputWatermark} and so on, in milliseconds since the epoch. Unlike elsewhere, an
     * unknown job or vertex is 404.
     */
    public CompletableFuture<MetricCollectionResponseBody> watermarks(
            JobId job, JobVertexId vertex) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/vertices/:vertexid/watermarks", job.value(), vertex.value()),
                MetricCollectionResponseBody.class);
    }

    private static Request selecting(Request request, String parameter, Collection<?> selected) {
        return selected.isEmpty()
                ? request
                : request.withQuery(
                        parameter,
                        selected.stream().map(Object::toString).collect(Collectors.joining(",")));
    }
}
