package dev.drey.client.vertices;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.vertices.FlameGraphType;
import dev.drey.model.vertices.JobVertexAccumulatorsInfo;
import dev.drey.model.vertices.JobVertexBackPressureInfo;
import dev.drey.model.vertices.JobVertexDetailsInfo;
import dev.drey.model.vertices.JobVertexTaskManagersInfo;
import dev.drey.model.vertices.SubtaskExecutionAttemptAccumulatorsInfo;
import dev.drey.model.vertices.SubtaskExecutionAttemptDetailsInfo;
import dev.drey.model.vertices.SubtasksAllAccumulatorsInfo;
import dev.drey.model.vertices.SubtasksTimesInfo;
import dev.drey.model.vertices.VertexFlameGraph;
import java.util.concurrent.CompletableFuture;

/**
 * Vertices of a job, their subtasks and the attempts to run these. {@link Transport} says how the
 * futures fail, what cancelling them does and where their callbacks run.
 *
 * <p>Subtasks and attempts are counted from 0. An unknown job, vertex, subtask or attempt is 404,
 * and so is an attempt so old that the cluster has forgotten it; a negative subtask is 400. Where a
 * method differs, it says so.
 */
public final class VerticesClient {
    private final Transport transport;

    /** Made by the client. */
    public VerticesClient(Transport transport) {
        this.transport = requireNonNull(transport, "transport is null");
    }

    /** The vertex in full, with the current attempt of each of its subtasks. */
    public CompletableFuture<JobVertexDetailsInfo> details(JobId job, JobVertexId vertex) {
        return transport.send(
                Request.get("/jobs/:jobid/vertices/:vertexid", job.value(), vertex.value()),
                JobVertexDetailsInfo.class);
    }

    /** The task managers that run the vertex, with what runs there. */
    public CompletableFuture<JobVertexTaskManagersInfo> taskManagers(
            JobId job, JobVertexId vertex) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/vertices/:vertexid/taskmanagers",
                        job.value(),
                        vertex.value()),
                JobVertexTaskManagersInfo.class);
    }

    /** When the subtasks of the vertex entered their states. */
    public CompletableFuture<SubtasksTimesInfo> subtaskTimes(JobId job, JobVertexId vertex) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/vertices/:vertexid/subtasktimes",
                        job.value(),
                        vertex.value()),
                SubtasksTimesInfo.class);
    }

    /** The accumulators of the vertex, each over all its subtasks. */
    public CompletableFuture<JobVertexAccumulatorsInfo> accumulators(
            JobId job, JobVertexId vertex) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/vertices/:vertexid/accumulators",
                        job.value(),
                        vertex.value()),
                JobVertexAccumulatorsInfo.class);
    }

    /** The accumulators of the vertex, of each subtask by itself. */
    public CompletableFuture<SubtasksAllAccumulatorsInfo> subtasksAccumulators(
            JobId job, JobVertexId vertex) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/vertices/:vertexid/subtasks/accumulators",
                        job.value(),
                        vertex.value()),
                SubtasksAllAccumulatorsInfo.class);
    }

    /** The current attempt of the subtask, with those beside it. */
    public CompletableFuture<SubtaskExecutionAttemptDetailsInfo> currentAttempt(
            JobId job, JobVertexId vertex, int subtask) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex",
                        job.value(),
                        vertex.value(),
                        Integer.toString(subtask)),
                SubtaskExecutionAttemptDetailsInfo.class);
    }

    /** One attempt to run the subtask, be it current or past. */
    public CompletableFuture<SubtaskExecutionAttemptDetailsInfo> attempt(
            JobId job, JobVertexId vertex, int subtask, int attempt) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex/attempts/:attempt",
                        job.value(),
                        vertex.value(),
                        Integer.toString(subtask),
                        Integer.toString(attempt)),
                SubtaskExecutionAttemptDetailsInfo.class);
    }

    /** The accumulators of one attempt to run the subtask, be it current or past. */
    public CompletableFuture<SubtaskExecutionAttemptAccumulatorsInfo> attemptAccumulators(
            JobId job, JobVertexId vertex, int subtask, int attempt) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex/attempts/:attempt"
                                + "/accumulators",
                        job.value(),
                        vertex.value(),
                        Integer.toString(subtask),
                        Integer.toString(attempt)),
                SubtaskExecutionAttemptAccumulatorsInfo.class);
    }

    /**
     * How much the vertex waits for slower readers of what it writes, as far as its metrics tell.
     * An unknown job or vertex is no error, but {@linkplain
     * dev.drey.model.vertices.JobVertexBackPressureInfo.VertexBackPressureStatus#DEPRECATED not
     * known}.
     */
    public CompletableFuture<JobVertexBackPressureInfo> backPressure(
            JobId job, JobVertexId vertex) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/vertices/:vertexid/backpressure",
                        job.value(),
                        vertex.value()),
                JobVertexBackPressureInfo.class);
    }

    /**
     * What the threads of the vertex were seen doing, all its subtasks together. The cluster starts
     * to take samples when it is asked for them, and shows them for {@code
     * rest.flamegraph.refresh-interval}: see {@link VertexFlameGraph#WAITING} and its like.
     */
    public CompletableFuture<VertexFlameGraph> flameGraph(
            JobId job, JobVertexId vertex, FlameGraphType type) {
        return transport.send(flameGraphOf(job, vertex, type), VertexFlameGraph.class);
    }

    /** What the threads of one subtask were seen doing. */
    public CompletableFuture<VertexFlameGraph> flameGraph(
            JobId job, JobVertexId vertex, int subtask, FlameGraphType type) {
        return transport.send(
                flameGraphOf(job, vertex, type)
                        .withQuery("subtaskindex", Integer.toString(subtask)),
                VertexFlameGraph.class);
    }

    private static Request flameGraphOf(JobId job, JobVertexId vertex, FlameGraphType type) {
        return Request.get(
                        "/jobs/:jobid/vertices/:vertexid/flamegraph", job.value(), vertex.value())
                .withQuery("type", type.name());
    }
}
