package dev.drey.server.metrics;

import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.ResourceId;
import dev.drey.model.metrics.AggregationMode;
import dev.drey.server.Ids;
import dev.drey.server.Source;
import dev.drey.server.View;
import dev.drey.server.http.QueryValues;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore.ComponentMetricStore;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore.TaskMetricStore;

/**
 * Metrics. Of what is not known there are none: as in Flink that is no error, but for watermarks.
 */
@Singleton
@Path("/")
public final class MetricsResource {

    private static final String GET = "get";
    private static final String AGG = "agg";
    private static final String JOBS = "jobs";

    @GET
    @Path("/jobmanager/metrics")
    public View ofJobManager(@QueryParam(GET) List<String> get) {
        return metrics(get, MetricStore::getJobManagerMetricStore);
    }

    @GET
    @Path("/taskmanagers/{taskmanagerid}/metrics")
    public View ofTaskManager(
            @PathParam("taskmanagerid") ResourceId resourceId, @QueryParam(GET) List<String> get) {
        return metrics(get, store -> store.getTaskManagerMetricStore(resourceId.value()));
    }

    @GET
    @Path("/jobs/{jobid}/metrics")
    public View ofJob(@PathParam("jobid") JobId jobId, @QueryParam(GET) List<String> get) {
        return metrics(get, store -> store.getJobMetricStore(jobId.value()));
    }

    @GET
    @Path("/jobs/{jobid}/vertices/{vertexid}/metrics")
    public View ofVertex(
            @PathParam("jobid") JobId jobId,
            @PathParam("vertexid") JobVertexId vertexId,
            @QueryParam(GET) List<String> get) {
        return metrics(get, store -> store.getTaskMetricStore(jobId.value(), vertexId.value()));
    }

    @GET
    @Path("/jobs/{jobid}/vertices/{vertexid}/jm-operator-metrics")
    public View ofJobManagerOperators(
            @PathParam("jobid") JobId jobId,
            @PathParam("vertexid") JobVertexId vertexId,
            @QueryParam(GET) List<String> get) {
        return metrics(
                get,
                store -> store.getJobManagerOperatorMetricStore(jobId.value(), vertexId.value()));
    }

    @GET
    @Path("/jobs/{jobid}/vertices/{vertexid}/subtasks/{subtaskindex}/metrics")
    public View ofSubtask(
            @PathParam("jobid") JobId jobId,
            @PathParam("vertexid") JobVertexId vertexId,
            @PathParam("subtaskindex") int subtask,
            @QueryParam(GET) List<String> get) {
        if (subtask < 0) {
            throw new BadRequestException(
                    "Parameter 'subtaskindex': %d is no index: they start at 0".formatted(subtask));
        }
        return metrics(
                get,
                store ->
                        store.getJobs()
                                .getSubtaskMetricStore(jobId.value(), vertexId.value(), subtask));
    }

    @GET
    @Path("/jobs/{jobid}/vertices/{vertexid}/watermarks")
    public View watermarks(
            @PathParam("jobid") JobId jobId, @PathParam("vertexid") JobVertexId vertexId) {
        JobVertexID vertex = Ids.toFlink(vertexId);
        return View.of(
                new Source.ExecutionGraph(Ids.toFlink(jobId)),
                new Source.Metrics(),
                (graph, metrics) -> MetricsConverter.watermarks(graph, vertex, metrics));
    }

    @GET
    @Path("/jobs/metrics")
    public View overJobs(
            @QueryParam(GET) List<String> get,
            @QueryParam(AGG) List<String> agg,
            @QueryParam(JOBS) List<String> jobs) {
        List<String> ids =
                QueryValues.of(jobs).stream()
                        .map(MetricsResource::jobId)
                        .map(JobId::value)
                        .toList();
        return aggregated(
                get,
                agg,
                store ->
                        ids.isEmpty()
                                ? store.getJobs().values()
                                : known(ids, store::getJobMetricStore));
    }

    @GET
    @Path("/taskmanagers/metrics")
    public View overTaskManagers(
            @QueryParam(GET) List<String> get,
            @QueryParam(AGG) List<String> agg,
            @QueryParam("taskmanagers") List<String> taskManagers) {
        List<String> ids = QueryValues.of(taskManagers);
        return aggregated(
                get,
                agg,
                store ->
                        ids.isEmpty()
                                ? store.getTaskManagers().values()
                                : known(ids, store::getTaskManagerMetricStore));
    }

    @GET
    @Path("/jobs/{jobid}/vertices/{vertexid}/subtasks/metrics")
    public View overSubtasks(
            @PathParam("jobid") JobId jobId,
            @PathParam("vertexid") JobVertexId vertexId,
            @QueryParam(GET) List<String> get,
            @QueryParam(AGG) List<String> agg,
            @QueryParam("subtasks") List<String> subtasks) {
        SubtaskRanges ranges = SubtaskRanges.of(subtasks);
        return aggregated(
                get,
                agg,
                store -> {
                    TaskMetricStore vertex =
                            store.getTaskMetricStore(jobId.value(), vertexId.value());
                    return vertex == null
                            ? List.of()
                            : ranges.select(vertex.getAllSubtaskMetricStores());
                });
    }

    private static View metrics(
            List<String> get, Function<MetricStore, ComponentMetricStore> component) {
        List<String> ids = QueryValues.of(get);
        return View.of(
                new Source.Metrics(),
                store -> MetricsConverter.metrics(component.apply(store), ids));
    }

    private static View aggregated(
            List<String> get,
            List<String> agg,
            Function<MetricStore, Collection<? extends ComponentMetricStore>> components) {
        List<String> ids = QueryValues.of(get);
        Set<AggregationMode> modes = modes(QueryValues.of(agg));
        return View.of(
                new Source.Metrics(),
                store -> AggregatedMetricsConverter.metrics(components.apply(store), ids, modes));
    }

    private static List<ComponentMetricStore> known(
            List<String> ids, Function<String, ? extends ComponentMetricStore> store) {
        return ids.stream().<ComponentMetricStore>map(store).filter(Objects::nonNull).toList();
    }

    private static JobId jobId(String value) {
        try {
            return new JobId(value);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("Parameter '%s': %s".formatted(JOBS, e.getMessage()), e);
        }
    }

    private static Set<AggregationMode> modes(List<String> names) {
        Set<AggregationMode> modes = EnumSet.noneOf(AggregationMode.class);
        for (String name : names) {
            modes.add(mode(name));
        }
        return modes.isEmpty() ? EnumSet.allOf(AggregationMode.class) : modes;
    }

    private static AggregationMode mode(String name) {
        return Arrays.stream(AggregationMode.values())
                .filter(mode -> mode.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new BadRequestException(
                                        "Parameter '%s': '%s' is no aggregation: expected min, max,"
                                                        .formatted(AGG, name)
                                                + " sum, avg or skew"));
    }
}
