package dev.drey.server.checkpoints;

import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.TriggerId;
import dev.drey.server.Ids;
import dev.drey.server.Source;
import dev.drey.server.View;
import dev.drey.server.async.JobOperation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobVertexID;

/** Checkpoints of a job. */
@Singleton
@Path("/")
public final class CheckpointsResource {

    private final ViewedCheckpoints viewed;

    @Inject
    public CheckpointsResource(Configuration configuration) {
        this.viewed = new ViewedCheckpoints(configuration);
    }

    @GET
    @Path("/jobs/{jobid}/checkpoints")
    public View statistics(@PathParam("jobid") JobId jobId) {
        return View.of(
                new Source.CheckpointStatistics(Ids.toFlink(jobId)),
                CheckpointsConverter::statistics);
    }

    @GET
    @Path("/jobs/{jobid}/checkpoints/config")
    public View configuration(@PathParam("jobid") JobId jobId) {
        return View.of(
                new Source.ExecutionGraph(Ids.toFlink(jobId)),
                CheckpointConfigConverter::configInfo);
    }

    @GET
    @Path("/jobs/{jobid}/checkpoints/details/{checkpointid}")
    public View details(
            @PathParam("jobid") JobId jobId, @PathParam("checkpointid") CheckpointId checkpointId) {
        JobID job = Ids.toFlink(jobId);
        return View.of(
                new Source.CheckpointStatistics(job),
                viewed.find(job, checkpointId).andThen(CheckpointsConverter::details));
    }

    @GET
    @Path("/jobs/{jobid}/checkpoints/details/{checkpointid}/subtasks/{vertexid}")
    public View subtasks(
            @PathParam("jobid") JobId jobId,
            @PathParam("checkpointid") CheckpointId checkpointId,
            @PathParam("vertexid") JobVertexId vertexId) {
        JobID job = Ids.toFlink(jobId);
        JobVertexID vertex = Ids.toFlink(vertexId);
        return View.of(
                new Source.CheckpointStatistics(job),
                viewed.find(job, checkpointId)
                        .andThen(
                                checkpoint ->
                                        TaskCheckpointsConverter.subtasks(checkpoint, vertex)));
    }

    @GET
    @Path("/jobs/{jobid}/checkpoints/{triggerid}")
    public View status(
            @PathParam("jobid") JobId jobId, @PathParam("triggerid") TriggerId triggerId) {
        return View.of(
                new CheckpointOperation(JobOperation.key(jobId, triggerId)),
                CheckpointsConverter::status);
    }
}
