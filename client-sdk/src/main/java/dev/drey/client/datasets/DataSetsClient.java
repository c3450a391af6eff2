package dev.drey.client.datasets;

import static java.util.Objects.requireNonNull;

import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.OperationToken;
import dev.drey.client.async.Operations;
import dev.drey.client.async.Operations.Status;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.IntermediateDataSetId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationInfo;
import dev.drey.model.async.OperationKind;
import dev.drey.model.datasets.ClusterDataSetListResponseBody;
import java.util.concurrent.CompletableFuture;

/**
 * Data sets: intermediate results that the cluster keeps for later jobs. {@link Transport} says how
 * the futures fail, what cancelling them does and where their callbacks run; {@link
 * OperationFuture} says how deletions are followed.
 */
public final class DataSetsClient {
    private static final Status<AsynchronousOperationInfo> DELETION =
            Status.of(token -> Request.get("/datasets/delete/:triggerid", token.id().value()));

    private final Transport transport;
    private final Operations operations;

    /** Made by the client. */
    public DataSetsClient(Transport transport, Operations operations) {
        this.transport = requireNonNull(transport, "transport is null");
        this.operations = requireNonNull(operations, "operations is null");
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
        return operations.byKey(
                OperationToken.of(
                        OperationKind.DATA_SET_DELETION, TriggerId.random(), dataSet.value()),
                Request.delete("/datasets/:datasetid", dataSet.value()),
                DELETION);
    }

    /**
     * Follows a deletion that was triggered before. Only the endpoint that was asked for it knows
     * it, until some time after its end.
     */
    public OperationFuture<AsynchronousOperationInfo> resumeDeletion(TriggerId triggerId) {
        return resumeDeletion(OperationToken.of(OperationKind.DATA_SET_DELETION, triggerId, null));
    }

    /**
     * Goes on with a deletion.
     *
     * @throws IllegalArgumentException if {@code token} is of another operation
     */
    public OperationFuture<AsynchronousOperationInfo> resumeDeletion(OperationToken token) {
        return operations.resume(token.requireKind(OperationKind.DATA_SET_DELETION), DELETION);
    }
}
