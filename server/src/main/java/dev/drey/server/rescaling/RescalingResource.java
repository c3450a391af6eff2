package dev.drey.server.rescaling;

import static java.util.Objects.requireNonNull;

import dev.drey.model.EmptyRequestBody;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.JobId;
import dev.drey.model.RescaleUuid;
import dev.drey.model.TriggerId;
import dev.drey.model.rescaling.JobResourceRequirementsBody;
import dev.drey.server.Answerable;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Ids;
import dev.drey.server.Source;
import dev.drey.server.View;
import dev.drey.server.archive.Archived;
import dev.drey.server.async.Operations;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.concurrent.CompletionStage;

/** What a job requires, its rescaling, and its rescales. */
@Singleton
@Path("/")
public final class RescalingResource {

    private final ClusterGateways gateways;
    private final Rescaler rescaler;
    private final Operations operations;

    @Inject
    public RescalingResource(ClusterGateways gateways, Rescaler rescaler, Operations operations) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.rescaler = requireNonNull(rescaler, "rescaler is null");
        this.operations = requireNonNull(operations, "operations is null");
    }

    @PATCH
    @Path("/jobs/{jobid}/rescaling")
    public Answerable rescale(
            @PathParam("jobid") JobId jobId,
            @BeanParam RescalingQuery query,
            EmptyRequestBody body) {
        RescalingRequest request = query.request();
        return query.isDryRun()
                ? rescaler.dryRun(jobId, request)
                : rescaler.trigger(jobId, request);
    }

    @GET
    @Path("/jobs/{jobid}/rescaling/{triggerid}")
    public View status(
            @PathParam("jobid") JobId jobId, @PathParam("triggerid") TriggerId triggerId) {
        return operations.status(RescalingOperation.of(jobId, triggerId));
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
    @Archived
    public View configuration(@PathParam("jobid") JobId jobId) {
        return View.of(
                new Source.ExecutionGraph(Ids.toFlink(jobId)),
                RescaleConfigConverter::configuration);
    }

    @GET
    @Path("/jobs/{jobid}/rescales/overview")
    @Archived
    public View overview(@PathParam("jobid") JobId jobId) {
        return View.of(new Source.ExecutionGraph(Ids.toFlink(jobId)), RescalesConverter::overview);
    }

    @GET
    @Path("/jobs/{jobid}/rescales/summary")
    @Archived
    public View summary(@PathParam("jobid") JobId jobId) {
        return View.of(new Source.ExecutionGraph(Ids.toFlink(jobId)), RescalesConverter::summary);
    }

    @GET
    @Path("/jobs/{jobid}/rescales/history")
    @Archived
    public View history(@PathParam("jobid") JobId jobId) {
        return View.of(new Source.ExecutionGraph(Ids.toFlink(jobId)), RescalesConverter::history);
    }

    @GET
    @Path("/jobs/{jobid}/rescales/details/{rescaleuuid}")
    @Archived
    public View details(
            @PathParam("jobid") JobId jobId, @PathParam("rescaleuuid") RescaleUuid rescale) {
        return View.of(
                new Source.ExecutionGraph(Ids.toFlink(jobId)),
                graph -> RescalesConverter.details(graph, rescale));
    }
}
