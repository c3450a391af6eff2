package dev.drey.client.datasets;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.datasets.ClusterDataSetListResponseBody;
import java.util.concurrent.CompletableFuture;

/**
 * Data sets: intermediate results that the cluster keeps for later jobs. {@link Transport} says how
 * the futures fail, what cancelling them does and where their callbacks run.
 */
public final class DataSetsClient {
    private final Transport transport;

    /** Made by the client. */
    public DataSetsClient(Transport transport) {
        this.transport = requireNonNull(transport, "transport is null");
    }

    /** The data sets that the cluster keeps. */
    public CompletableFuture<ClusterDataSetListResponseBody> list() {
        return transport.send(Request.get("/datasets"), ClusterDataSetListResponseBody.class);
    }
}
