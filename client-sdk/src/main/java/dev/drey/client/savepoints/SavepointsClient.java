package dev.drey.client.savepoints;

import static java.util.Objects.requireNonNull;

import dev.drey.client.async.CheckpointTraces;
import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.OperationToken;
import dev.drey.client.async.Operations;
import dev.drey.client.async.Operations.Status;
import dev.drey.client.transport.Request;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationInfo;
import dev.drey.model.async.OperationKind;
import dev.drey.model.checkpoints.CheckpointStatistics.RestAPICheckpointType;
import dev.drey.model.savepoints.SavepointDisposalRequest;
import dev.drey.model.savepoints.SavepointInfo;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import dev.drey.model.savepoints.StopWithSavepointRequestBody;
import java.util.Optional;

/** Savepoints. {@link OperationFuture} says how they are followed and how they fail. */
public final class SavepointsClient {
    private static final Status<SavepointInfo> SAVEPOINT = status(RestAPICheckpointType.SAVEPOINT);
    private static final Status<SavepointInfo> STOP = status(RestAPICheckpointType.SYNC_SAVEPOINT);
    private static final Status<AsynchronousOperationInfo> DISPOSAL =
            Status.of(token -> Request.get("/savepoint-disposal/:triggerid", token.id().value()));

    private final Operations operations;

    /** Made by the client. */
    public SavepointsClient(Operations operations) {
        this.operations = requireNonNull(operations, "operations is null");
    }

    /** Takes a savepoint as the cluster is configured to; the job goes on. */
    public OperationFuture<SavepointInfo> trigger(JobId job) {
        return trigger(job, new SavepointTriggerRequestBody(null, null, null, null));
    }

    /**
     * Takes a savepoint. If {@code body} has no trigger id, the client chooses one before it asks.
     * Of an unknown job the trigger may be acknowledged, and the operation fails then.
     */
    public OperationFuture<SavepointInfo> trigger(JobId job, SavepointTriggerRequestBody body) {
        SavepointTriggerRequestBody identified = withTriggerId(body);
        return operations.byId(
                OperationToken.ofJob(
                        OperationKind.SAVEPOINT,
                        identified.triggerId(),
                        job,
                        identified.targetDirectory()),
                Request.post("/jobs/:jobid/savepoints", job.value()).withJson(identified),
                SAVEPOINT);
    }

    /**
     * Follows a savepoint that was triggered before, by this process or another. A cluster knows
     * savepoints until some time after their end, and until its leader changes. {@link
     * #resume(OperationToken)} finds more of those that it does not know any more.
     */
    public OperationFuture<SavepointInfo> resume(JobId job, TriggerId triggerId) {
        return operations.resume(
                OperationToken.ofJob(OperationKind.SAVEPOINT, triggerId, job, null), SAVEPOINT);
    }

    /**
     * Goes on with a savepoint, be the job stopped with it or not. Where the cluster has forgotten
     * it, it is looked for in the job's checkpoints.
     *
     * @throws IllegalArgumentException if {@code token} is of another operation
     */
    public OperationFuture<SavepointInfo> resume(OperationToken token) {
        return operations.resume(
                token.requireKind(OperationKind.SAVEPOINT, OperationKind.STOP_WITH_SAVEPOINT),
                token.kind() == OperationKind.SAVEPOINT ? SAVEPOINT : STOP);
    }

    /**
     * Takes a savepoint and stops the job, as the cluster is configured to; its sources do not
     * drain.
     */
    public OperationFuture<SavepointInfo> stop(JobId job) {
        return stop(job, new StopWithSavepointRequestBody(null, null, null, null));
    }

    /**
     * Takes a savepoint and stops the job. If {@code body} has no trigger id, the client chooses
     * one before it asks. Of an unknown job the trigger may be acknowledged, and the operation
     * fails then. It is followed, and resumed, as any savepoint is.
     */
    public OperationFuture<SavepointInfo> stop(JobId job, StopWithSavepointRequestBody body) {
        StopWithSavepointRequestBody identified = withTriggerId(body);
        return operations.byId(
                OperationToken.ofJob(
                        OperationKind.STOP_WITH_SAVEPOINT,
                        identified.triggerId(),
                        job,
                        identified.targetDirectory()),
                Request.post("/jobs/:jobid/stop", job.value()).withJson(identified),
                STOP);
    }

    /**
     * Deletes the files of a savepoint. The cluster chooses the id of the operation, which {@link
     * OperationFuture#acknowledged()} tells.
     *
     * @param location URI of the savepoint, as {@link SavepointInfo#location()} told it
     */
    public OperationFuture<AsynchronousOperationInfo> dispose(String location) {
        return operations.byKey(
                OperationToken.of(OperationKind.SAVEPOINT_DISPOSAL, TriggerId.random(), location),
                Request.post("/savepoint-disposal")
                        .withJson(new SavepointDisposalRequest(location)),
                DISPOSAL);
    }

    /**
     * Follows a disposal that was triggered before. Only the endpoint that was asked for it knows
     * it, until some time after its end.
     */
    public OperationFuture<AsynchronousOperationInfo> resumeDisposal(TriggerId triggerId) {
        return operations.resume(
                OperationToken.of(OperationKind.SAVEPOINT_DISPOSAL, triggerId, null), DISPOSAL);
    }

    /**
     * Goes on with a disposal.
     *
     * @throws IllegalArgumentException if {@code token} is of another operation
     */
    public OperationFuture<AsynchronousOperationInfo> resumeDisposal(OperationToken token) {
        return operations.resume(token.requireKind(OperationKind.SAVEPOINT_DISPOSAL), DISPOSAL);
    }

    private static SavepointTriggerRequestBody withTriggerId(SavepointTriggerRequestBody body) {
        return body.triggerId() != null
                ? body
                : new SavepointTriggerRequestBody(
                        body.targetDirectory(),
                        body.cancelJob(),
                        body.formatType(),
                        TriggerId.random());
    }

    private static StopWithSavepointRequestBody withTriggerId(StopWithSavepointRequestBody body) {
        return body.triggerId() != null
                ? body
                : new StopWithSavepointRequestBody(
                        body.targetDirectory(),
                        body.drain(),
                        body.formatType(),
                        TriggerId.random());
    }

    private static Status<SavepointInfo> status(RestAPICheckpointType type) {
        return new Status<>(
                token ->
                        Request.get(
                                "/jobs/:jobid/savepoints/:triggerid",
                                token.job().orElseThrow().value(),
                                token.id().value()),
                SavepointInfo.class,
                SavepointInfo::failureCause,
                Optional.of(
                        new CheckpointTraces<>(
                                checkpoint -> checkpoint.checkpointType() == type,
                                completed -> SavepointInfo.completed(completed.externalPath()))));
    }
}
