package dev.drey.client.checkpoints;

import static java.util.Objects.requireNonNull;

import dev.drey.client.async.CheckpointTraces;
import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.OperationToken;
import dev.drey.client.async.Operations;
import dev.drey.client.async.Operations.Status;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.OperationKind;
import dev.drey.model.checkpoints.CheckpointConfigInfo;
import dev.drey.model.checkpoints.CheckpointInfo;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.checkpoints.CheckpointTriggerRequestBody;
import dev.drey.model.checkpoints.CheckpointingStatistics;
import dev.drey.model.checkpoints.TaskCheckpointStatisticsWithSubtaskDetails;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Checkpoints of a job. {@link Transport} says how the futures fail, what cancelling them does and
 * where their callbacks run; {@link OperationFuture} says how triggered checkpoints are followed.
 */
public final class CheckpointsClient {
    private static final Status<CheckpointInfo> CHECKPOINT =
            new Status<>(
                    token ->
                            Request.get(
                                    "/jobs/:jobid/checkpoints/:triggerid",
                                    token.job().orElseThrow().value(),
                                    token.id().value()),
                    CheckpointInfo.class,
                    CheckpointInfo::failureCause,
                    Optional.of(
                            new CheckpointTraces<>(
                                    checkpoint -> !checkpoint.savepoint(),
                                    completed -> CheckpointInfo.completed(completed.id()))));

    private final Transport transport;
    private final Operations operations;

    /** Made by the client. */
    public CheckpointsClient(Transport transport, Operations operations) {
        this.transport = requireNonNull(transport, "transport is null");
        this.operations = requireNonNull(operations, "operations is null");
    }

    /**
     * The job's checkpoints: counts, sizes and durations, and the latest ones. Unknown job: 404.
     */
    public CompletableFuture<CheckpointingStatistics> statistics(JobId job) {
        return transport.send(
                Request.get("/jobs/:jobid/checkpoints", job.value()),
                CheckpointingStatistics.class);
    }

    /** How the job takes checkpoints. Unknown job, or one that takes none: 404. */
    public CompletableFuture<CheckpointConfigInfo> configuration(JobId job) {
        return transport.send(
                Request.get("/jobs/:jobid/checkpoints/config", job.value()),
                CheckpointConfigInfo.class);
    }

    /**
     * One checkpoint of the job, and each vertex's part of it. One that has ended is known as long
     * as it is among the latest that {@code web.checkpoints.history} says, and some time longer if
     * it was asked for meanwhile. Unknown job or checkpoint: 404.
     *
     * @param checkpointId number of the checkpoint within its job
     */
    public CompletableFuture<CheckpointStatistics> details(JobId job, long checkpointId) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/checkpoints/details/:checkpointid",
                        job.value(),
                        Long.toString(checkpointId)),
                CheckpointStatistics.class);
    }

    /**
     * One vertex's part of a checkpoint, and what each of its subtasks did; known as long as the
     * checkpoint. Unknown job, checkpoint or vertex: 404.
     *
     * @param checkpointId number of the checkpoint within its job
     */
    public CompletableFuture<TaskCheckpointStatisticsWithSubtaskDetails> subtasks(
            JobId job, long checkpointId, JobVertexId vertex) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/checkpoints/details/:checkpointid/subtasks/:vertexid",
                        job.value(),
                        Long.toString(checkpointId),
                        vertex.value()),
                TaskCheckpointStatisticsWithSubtaskDetails.class);
    }

    /** Takes a checkpoint as the job's checkpoints are configured. */
    public OperationFuture<CheckpointInfo> trigger(JobId job) {
        return trigger(job, new CheckpointTriggerRequestBody(null, null));
    }

    /**
     * Takes a checkpoint. If {@code body} has no trigger id, the client chooses one before it asks.
     * Of an unknown job the trigger may be acknowledged, and the operation fails then.
     */
    public OperationFuture<CheckpointInfo> trigger(JobId job, CheckpointTriggerRequestBody body) {
        CheckpointTriggerRequestBody identified =
                body.triggerId() != null
                        ? body
                        : new CheckpointTriggerRequestBody(
                                body.checkpointType(), TriggerId.random());
        return operations.byId(
                OperationToken.ofJob(OperationKind.CHECKPOINT, identified.triggerId(), job, null),
                Request.post("/jobs/:jobid/checkpoints", job.value()).withJson(identified),
                CHECKPOINT);
    }

    /**
     * Follows a checkpoint that was triggered before, by this process or another. A cluster knows
     * triggered checkpoints until some time after their end, and until its leader changes. {@link
     * #resume(OperationToken)} finds more of those that it does not know any more.
     */
    public OperationFuture<CheckpointInfo> resume(JobId job, TriggerId triggerId) {
        return resume(OperationToken.ofJob(OperationKind.CHECKPOINT, triggerId, job, null));
    }

    /**
     * Goes on with a checkpoint. Where the cluster has forgotten it, it is looked for in the job's
     * checkpoints.
     *
     * @throws IllegalArgumentException if {@code token} is of another operation
     */
    public OperationFuture<CheckpointInfo> resume(OperationToken token) {
        return operations.resume(token.requireKind(OperationKind.CHECKPOINT), CHECKPOINT);
    }
}
