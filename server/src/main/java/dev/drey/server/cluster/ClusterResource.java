package dev.drey.server.cluster;

import dev.drey.server.Source;
import dev.drey.server.View;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;

/** The cluster as a whole. */
@Singleton
@Path("/")
public final class ClusterResource {

    private final Dashboard dashboard;

    @Inject
    public ClusterResource(Configuration configuration) {
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
}
