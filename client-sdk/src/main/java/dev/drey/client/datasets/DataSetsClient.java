package dev.drey.client.datasets;

import static java.util.Objects.requireNonNull;

import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.OperationPoller;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.IntermediateDataSetId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationInfo;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.async.TriggerResponse;
import dev.drey.model.datasets.ClusterDataSetListResponseBody;
import java.util.concurrent.CompletableFuture;

/**
 * Data sets: intermediate results that the cluster keeps for later jobs. {@link Transport} says how
 * the futures fail, what cancelling them does and where their callbacks run; {@link
 * OperationFuture} says how deletions are followed.
 */
public final class DataSetsClient {
    private final Transport transport;
    private final OperationPoller poller;

    /** Made by the client. */
    public DataSetsClient(Transport transport, OperationPoller poller) {
        this.transport = requireNonNull(transport, "transport is null");
        this.poller = requireNonNull(poller, "poller is null");
    }

    /** The data sets that the cluster keeps. */
    public CompletableFuture<ClusterDataSetListResponseBody> list() {
        return transport.send(Request.get("/datasets"), ClusterDataSetListResponseBody.class);
    }

    /**
     * Deletes a data set; one that the cluster does not keep is deleted at once. The cluster
     * chooses the id of the operation, which {@link OperationFuture#acknowledged()} tells.
     */
    public OperationFuture<AsynchronousOperationInfo> delete(IntermediateDataSetId dataSet) {
        return poller.trigger(
                TriggerId.random(),
                () ->
                        transport.send(
                                Request.delete("/datasets/:datasetid", dataSet.value()),
                                TriggerResponse.class),
                this::deletionStatus,
                AsynchronousOperationInfo::failureCause);
    }

    /**
     * Follows a deletion that was triggered before. Only the endpoint that was asked for it knows
     * it, until some time after its end; one that it does not know is 404.
     */
    public OperationFuture<AsynchronousOperationInfo> resumeDeletion(TriggerId triggerId) {
        return poller.resume(
                triggerId, this::deletionStatus, AsynchronousOperationInfo::failureCause);
    }

    private CompletableFuture<AsynchronousOperationResult<AsynchronousOperationInfo>>
            deletionStatus(TriggerId id) {
        return transport.sendForStatus(
                Request.get("/datasets/delete/:triggerid", id.value()),
                AsynchronousOperationInfo.class);
    }
}
