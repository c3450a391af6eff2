package dev.drey.server.rescaling;

import dev.drey.model.JobId;
import dev.drey.model.RescaleUuid;
import dev.drey.server.Ids;
import dev.drey.server.Source;
import dev.drey.server.View;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** What a job requires, and its rescales. */
@Singleton
@Path("/")
public final class RescalingResource {

    @GET
    @Path("/jobs/{jobid}/resource-requirements")
    public View requirements(@PathParam("jobid") JobId jobId) {
        return View.of(
                new RequirementsOfJob(Ids.toFlink(jobId)), RequirementsConverter::requirements);
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
