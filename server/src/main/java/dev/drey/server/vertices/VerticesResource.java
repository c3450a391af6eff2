package dev.drey.server.vertices;

import static java.util.Objects.requireNonNull;

import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.vertices.FlameGraphType;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Ids;
import dev.drey.server.Source;
import dev.drey.server.View;
import dev.drey.server.archive.Archived;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.flink.runtime.jobgraph.JobVertexID;

/** Vertices of a job, their subtasks and the attempts to run these. */
@Singleton
@Path("/")
public final class VerticesResource {

    private final ClusterGateways gateways;

    @Inject
    public VerticesResource(ClusterGateways gateways) {
        this.gateways = requireNonNull(gateways, "gateways is null");
    }

    @GET
    @Path("/jobs/{jobid}/vertices/{vertexid}")
    @Archived
    public View details(
            @PathParam("jobid") JobId jobId, @PathParam("vertexid") JobVertexId vertexId) {
        JobVertexID vertex = Ids.toFlink(vertexId);
        return View.of(
                graphOf(jobId),
                new Source.Metrics(),
                (graph, metrics) -> VertexDetailsConverter.details(graph, vertex, metrics));
    }

    @GET
    @Path("/jobs/{jobid}/vertices/{vertexid}/taskmanagers")
    @Archived
    public View taskManagers(
            @PathParam("jobid") JobId jobId, @PathParam("vertexid") JobVertexId vertexId) {
        JobVertexID vertex = Ids.toFlink(vertexId);
        return View.of(
                graphOf(jobId),
                new Source.Metrics(),
                (graph, metrics) ->
                        VertexTaskManagersConverter.taskManagers(graph, vertex, metrics));
    }

    @GET
    @Path("/jobs/{jobid}/vertices/{vertexid}/accumulators")
    public View accumulators(
            @PathParam("jobid") JobId jobId, @PathParam("vertexid") JobVertexId vertexId) {
        JobVertexID vertex = Ids.toFlink(vertexId);
        return View.of(graphOf(jobId), graph -> AccumulatorsConverter.ofVertex(graph, vertex));
    }

    @GET
    @Path("/jobs/{jobid}/vertices/{vertexid}/subtasktimes")
    @Archived
    public View subtaskTimes(
            @PathParam("jobid") JobId jobId, @PathParam("vertexid") JobVertexId vertexId) {
        JobVertexID vertex = Ids.toFlink(vertexId);
        return View.of(graphOf(jobId), graph -> SubtasksTimesConverter.times(graph, vertex));
    }

    @GET
    @Path("/jobs/{jobid}/vertices/{vertexid}/subtasks/accumulators")
    public View subtasksAccumulators(
            @PathParam("jobid") JobId jobId, @PathParam("vertexid") JobVertexId vertexId) {
        JobVertexID vertex = Ids.toFlink(vertexId);
        return View.of(graphOf(jobId), graph -> AccumulatorsConverter.ofSubtasks(graph, vertex));
    }

    @GET
    @Path("/jobs/{jobid}/vertices/{vertexid}/subtasks/{subtaskindex}")
    public View currentAttempt(
            @PathParam("jobid") JobId jobId,
            @PathParam("vertexid") JobVertexId vertexId,
            @PathParam("subtaskindex") int subtask) {
        JobVertexID vertex = Ids.toFlink(vertexId);
        requireIndex(subtask);
        return View.of(
                graphOf(jobId),
                new Source.Metrics(),
                (graph, metrics) ->
                        VertexDetailsConverter.currentAttempt(graph, vertex, subtask, metrics));
    }

    @GET
    @Path("/jobs/{jobid}/vertices/{vertexid}/subtasks/{subtaskindex}/attempts/{attempt}")
    @Archived
    public View attempt(
            @PathParam("jobid") JobId jobId,
            @PathParam("vertexid") JobVertexId vertexId,
            @PathParam("subtaskindex") int subtask,
            @PathParam("attempt") int attempt) {
        JobVertexID vertex = Ids.toFlink(vertexId);
        requireIndex(subtask);
        return View.of(
                graphOf(jobId),
                new Source.Metrics(),
                (graph, metrics) ->
                        VertexDetailsConverter.attempt(graph, vertex, subtask, attempt, metrics));
    }

    @GET
    @Path(
            "/jobs/{jobid}/vertices/{vertexid}/subtasks/{subtaskindex}/attempts/{attempt}/accumulators")
    @Archived
    public View attemptAccumulators(
            @PathParam("jobid") JobId jobId,
            @PathParam("vertexid") JobVertexId vertexId,
            @PathParam("subtaskindex") int subtask,
            @PathParam("attempt") int attempt) {
        JobVertexID vertex = Ids.toFlink(vertexId);
        requireIndex(subtask);
        return View.of(
                graphOf(jobId),
                graph -> AccumulatorsConverter.ofAttempt(graph, vertex, subtask, attempt));
    }

    @GET
    @Path("/jobs/{jobid}/vertices/{vertexid}/backpressure")
    public View backPressure(
            @PathParam("jobid") JobId jobId, @PathParam("vertexid") JobVertexId vertexId) {
        return View.of(
                new Source.Metrics(),
                new TimeOfMetrics(),
                (metrics, askedAt) ->
                        BackPressureConverter.backPressure(metrics, askedAt, jobId, vertexId));
    }

    @GET
    @Path("/jobs/{jobid}/vertices/{vertexid}/flamegraph")
    public View flameGraph(
            @PathParam("jobid") JobId jobId,
            @PathParam("vertexid") JobVertexId vertexId,
            @BeanParam FlameGraphQuery query) {
        JobVertexID vertex = Ids.toFlink(vertexId);
        OptionalInt subtask = query.subtask();
        FlameGraphType type = query.type();
        return gateways.threads()
                .map(
                        threads ->
                                View.of(
                                        graphOf(jobId),
                                        graph ->
                                                FlameGraphConverter.flameGraph(
                                                        graph, vertex, subtask, type, threads)))
                .orElseGet(() -> View.of(new FlameGraphsOff(), Function.identity()));
    }

    private static Source.ExecutionGraph graphOf(JobId jobId) {
        return new Source.ExecutionGraph(Ids.toFlink(jobId));
    }

    private static void requireIndex(int subtask) {
        if (subtask < 0) {
            throw new BadRequestException(
                    "Parameter 'subtaskindex': %d is no index: they start at 0".formatted(subtask));
        }
    }
}
