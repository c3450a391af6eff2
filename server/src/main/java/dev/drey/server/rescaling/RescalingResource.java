package dev.drey.server.rescaling;

import static java.util.Objects.requireNonNull;

import dev.drey.model.EmptyResponseBody;
import dev.drey.model.JobId;
import dev.drey.model.RescaleUuid;
import dev.drey.model.rescaling.JobResourceRequirementsBody;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Ids;
import dev.drey.server.Source;
import dev.drey.server.View;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.concurrent.CompletionStage;

/** What a job requires, and its rescales. */
@Singleton
@Path("/")
public final class RescalingResource {

    private final ClusterGateways gateways;

    @Inject
    public RescalingResource(ClusterGateways gateways) {
        this.gateways = requireNonNull(gateways, "gateways is null");
    }

    @GET
    @Path("/jobs/{jobid}/resource-requirements")
    public View requirements(@PathParam("jobid") JobId jobId) {
        return View.of(
                new RequirementsOfJob(Ids.toFlink(jobId)), RequirementsConverter::requirements);
    }

    @PUT
    @Path("/jobs/{jobid}/resource-requirements")
    public CompletionStage<EmptyResponseBody> updateRequirements(
            @PathParam("jobid") JobId jobId, JobResourceRequirementsBody body) {
        RequirementsUpdate update =
                new RequirementsUpdate(
                        Ids.toFlink(jobId), RequirementsConverter.requirements(body));
        return gateways.dispatcher()
                .thenCompose(update::send)
                .thenApply(acknowledged -> new EmptyResponseBody());
    }

    @GET
    @Path("/jobs/{jobid}/rescales/config")
    public View configuration(@PathParam("jobid") JobId jobId) {
        return View.of(
                new Source.ExecutionGraph(Ids.toFlink(jobId)),
                RescaleConfigConverter::configuration);
    }

    @GET
    @Path("/jobs/{jobid}/rescales/overview")
    public View overview(@PathParam("jobid") JobId jobId) {
        return View.of(new Source.ExecutionGraph(Ids.toFlink(jobId)), RescalesConverter::overview);
    }

    @GET
    @Path("/jobs/{jobid}/rescales/summary")
    public View summary(@PathParam("jobid") JobId jobId) {
        return View.of(new Source.ExecutionGraph(Ids.toFlink(jobId)), RescalesConverter::summary);
    }

    @GET
    @Path("/jobs/{jobid}/rescales/history")
    public View history(@PathParam("jobid") JobId jobId) {
        return View.of(new Source.ExecutionGraph(Ids.toFlink(jobId)), RescalesConverter::history);
    }

    @GET
    @Path("/jobs/{jobid}/rescales/details/{rescaleuuid}")
    public View details(
            @PathParam("jobid") JobId jobId, @PathParam("rescaleuuid") RescaleUuid rescale) {
        return View.of(
                new Source.ExecutionGraph(Ids.toFlink(jobId)),
                graph -> RescalesConverter.details(graph, rescale));
    }
}
