package dev.drey.client.cluster;

import static java.util.Objects.requireNonNull;

import dev.drey.client.async.Chain;
import dev.drey.client.async.Operations;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.cluster.ClusterOverviewWithVersion;
import dev.drey.model.cluster.DashboardConfiguration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The cluster as a whole. {@link Transport} says how the futures fail, what cancelling them does
 * and where their callbacks run.
 */
public final class ClusterClient {
    private final Transport transport;
    private final Operations operations;

    /** Made by the client. */
    public ClusterClient(Transport transport, Operations operations) {
        this.transport = requireNonNull(transport, "transport is null");
        this.operations = requireNonNull(operations, "operations is null");
    }

    /** The cluster in numbers. */
    public CompletableFuture<ClusterOverviewWithVersion> overview() {
        return transport.send(Request.get("/overview"), ClusterOverviewWithVersion.class);
    }

    /** Its version, time zone, and what its dashboard offers. */
    public CompletableFuture<DashboardConfiguration> configuration() {
        return transport.send(Request.get("/config"), DashboardConfiguration.class);
    }

    /** What the server can do. */
    public CompletableFuture<Capabilities> capabilities() {
        return Chain.map(
                transport.ask(Request.get("/config"), DashboardConfiguration.class),
                answer ->
                        Capabilities.of(
                                Objects.requireNonNullElse(answer.body().flinkVersion(), ""),
                                answer.header(Operations.INSTANCE).isPresent()));
    }

    /**
     * Shuts the cluster down, with all jobs that run on it. The future completes when the cluster
     * has taken that on; it ends once the results of all asynchronous operations were read, or
     * after {@code rest.async.store-duration}, and answers until then.
     */
    public CompletableFuture<EmptyResponseBody> shutDown() {
        // Not repeatable: what answers by then may be the next cluster.
        return operations.once(
                Request.delete("/cluster"), EmptyResponseBody.class, "the end of the cluster");
    }
}
