package dev.drey.server.applications;

import static java.util.Objects.requireNonNull;

import dev.drey.model.ApplicationId;
import dev.drey.model.EmptyRequestBody;
import dev.drey.model.EmptyResponseBody;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Ids;
import dev.drey.server.View;
import dev.drey.server.archive.Archived;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;

/** Applications. */
@Singleton
@Path("/")
public final class ApplicationsResource {

    private final ClusterGateways gateways;
    private final Duration timeout;

    @Inject
    public ApplicationsResource(ClusterGateways gateways, Configuration configuration) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.timeout = configuration.get(WebOptions.TIMEOUT);
    }

    @GET
    @Path("/applications/overview")
    @Archived
    public View overview() {
        return View.of(new AllApplications(), ApplicationsConverter::overview);
    }

    @GET
    @Path("/applications/{applicationid}")
    @Archived
    public View details(@PathParam("applicationid") ApplicationId applicationId) {
        return View.of(
                new OneApplication(Ids.toFlink(applicationId)), ApplicationsConverter::details);
    }

    @GET
    @Path("/applications/{applicationid}/exceptions")
    @Archived
    public View exceptions(@PathParam("applicationid") ApplicationId applicationId) {
        return View.of(
                new OneApplication(Ids.toFlink(applicationId)), ApplicationsConverter::exceptions);
    }

    @POST
    @Path("/applications/{applicationid}/cancel")
    public CompletionStage<Response> cancel(
            @PathParam("applicationid") ApplicationId applicationId, EmptyRequestBody body) {
        return gateways.dispatcher()
                .thenCompose(
                        dispatcher ->
                                dispatcher.cancelApplication(Ids.toFlink(applicationId), timeout))
                .thenApply(acknowledged -> Response.accepted(new EmptyResponseBody()).build());
    }
}
