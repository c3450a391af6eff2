package dev.drey.server.checkpoints;

import dev.drey.model.JobId;
import dev.drey.server.Ids;
import dev.drey.server.Source;
import dev.drey.server.View;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Checkpoints of a job. */
@Singleton
@Path("/")
public final class CheckpointsResource {

    @GET
    @Path("/jobs/{jobid}/checkpoints")
    public View<?> statistics(@PathParam("jobid") JobId jobId) {
        return new View<>(
                new Source.CheckpointStatistics(Ids.toFlink(jobId)),
                CheckpointsConverter::statistics);
    }

    @GET
    @Path("/jobs/{jobid}/checkpoints/config")
    public View<?> configuration(@PathParam("jobid") JobId jobId) {
        return new View<>(
                new Source.ExecutionGraph(Ids.toFlink(jobId)),
                CheckpointConfigConverter::configInfo);
    }
}
