package dev.drey.server.cluster;

import static java.util.Objects.requireNonNull;

import dev.drey.model.EmptyRequestBody;
import dev.drey.model.EmptyResponseBody;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Source;
import dev.drey.server.View;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;

/** The cluster as a whole. */
@Singleton
@Path("/")
public final class ClusterResource {

    private final ClusterGateways gateways;
    private final Dashboard dashboard;

    @Inject
    public ClusterResource(ClusterGateways gateways, Configuration configuration) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.dashboard = new Dashboard(ClusterConverter.dashboardConfiguration(configuration));
    }

    @GET
    @Path("/overview")
    public View overview() {
        return View.of(new Source.Overview(), ClusterConverter::overview);
    }

    @GET
    @Path("/config")
    public View configuration() {
        return View.of(dashboard, Function.identity());
    }

    @DELETE
    @Path("/cluster")
    public CompletionStage<EmptyResponseBody> shutDown(EmptyRequestBody body) {
        return gateways.dispatcher()
                .thenCompose(DispatcherGateway::shutDownCluster)
                .thenApply(acknowledged -> new EmptyResponseBody());
    }
}
