package dev.drey.client.savepoints;

import static java.util.Objects.requireNonNull;

import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.OperationPoller;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationInfo;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.async.TriggerResponse;
import dev.drey.model.savepoints.SavepointDisposalRequest;
import dev.drey.model.savepoints.SavepointInfo;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import dev.drey.model.savepoints.StopWithSavepointRequestBody;
import java.util.concurrent.CompletableFuture;

/** Savepoints. {@link OperationFuture} says how they are followed and how they fail. */
public final class SavepointsClient {
    private final Transport transport;
    private final OperationPoller poller;

    /** Made by the client. */
    public SavepointsClient(Transport transport, OperationPoller poller) {
        this.transport = requireNonNull(transport, "transport is null");
        this.poller = requireNonNull(poller, "poller is null");
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
        return poller.trigger(
                identified.triggerId(),
                () ->
                        transport.send(
                                Request.post("/jobs/:jobid/savepoints", job.value())
                                        .withJson(identified),
                                TriggerResponse.class),
                id -> status(job, id),
                SavepointInfo::failureCause);
    }

    /**
     * Follows a savepoint that was triggered before, by this process or another. A cluster knows
     * savepoints until some time after their end, and until its leader changes; one that it does
     * not know is 404.
     */
    public OperationFuture<SavepointInfo> resume(JobId job, TriggerId triggerId) {
        return poller.resume(triggerId, id -> status(job, id), SavepointInfo::failureCause);
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
        return poller.trigger(
                identified.triggerId(),
                () ->
                        transport.send(
                                Request.post("/jobs/:jobid/stop", job.value()).withJson(identified),
                                TriggerResponse.class),
                id -> status(job, id),
                SavepointInfo::failureCause);
    }

    /**
     * Deletes the files of a savepoint. The cluster chooses the id of the operation, which {@link
     * OperationFuture#acknowledged()} tells.
     *
     * @param location URI of the savepoint, as {@link SavepointInfo#location()} told it
     */
    public OperationFuture<AsynchronousOperationInfo> dispose(String location) {
        return poller.trigger(
                TriggerId.random(),
                () ->
                        transport.send(
                                Request.post("/savepoint-disposal")
                                        .withJson(new SavepointDisposalRequest(location)),
                                TriggerResponse.class),
                this::disposalStatus,
                AsynchronousOperationInfo::failureCause);
    }

    /**
     * Follows a disposal that was triggered before. Only the endpoint that was asked for it knows
     * it, until some time after its end; one that it does not know is 404.
     */
    public OperationFuture<AsynchronousOperationInfo> resumeDisposal(TriggerId triggerId) {
        return poller.resume(
                triggerId, this::disposalStatus, AsynchronousOperationInfo::failureCause);
    }

    private CompletableFuture<AsynchronousOperationResult<AsynchronousOperationInfo>>
            disposalStatus(TriggerId id) {
        return transport.sendForStatus(
                Request.get("/savepoint-disposal/:triggerid", id.value()),
                AsynchronousOperationInfo.class);
    }

    private CompletableFuture<AsynchronousOperationResult<SavepointInfo>> status(
            JobId job, TriggerId id) {
        return transport.sendForStatus(
                Request.get("/jobs/:jobid/savepoints/:triggerid", job.value(), id.value()),
                SavepointInfo.class);
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
}
