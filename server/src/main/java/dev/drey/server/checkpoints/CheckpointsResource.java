package dev.drey.server.checkpoints;

import static java.util.Objects.requireNonNull;

import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.OperationKind;
import dev.drey.model.checkpoints.CheckpointTriggerRequestBody;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Ids;
import dev.drey.server.Source;
import dev.drey.server.View;
import dev.drey.server.archive.Archived;
import dev.drey.server.async.Operations;
import dev.drey.server.async.Trigger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rpc.RpcUtils;

/** Checkpoints of a job. */
@Singleton
@Path("/")
public final class CheckpointsResource {

    private final ClusterGateways gateways;
    private final Operations operations;
    private final ViewedCheckpoints viewed;

    @Inject
    public CheckpointsResource(
            ClusterGateways gateways, Operations operations, Configuration configuration) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.operations = requireNonNull(operations, "operations is null");
        this.viewed = new ViewedCheckpoints(configuration);
    }

    @GET
    @Path("/jobs/{jobid}/checkpoints")
    @Archived
    public View statistics(@PathParam("jobid") JobId jobId) {
        return View.of(
                new Source.CheckpointStatistics(Ids.toFlink(jobId)),
                CheckpointsConverter::statistics);
    }

    @GET
    @Path("/jobs/{jobid}/checkpoints/config")
    @Archived
    public View configuration(@PathParam("jobid") JobId jobId) {
        return View.of(
                new Source.ExecutionGraph(Ids.toFlink(jobId)),
                CheckpointConfigConverter::configInfo);
    }

    @GET
    @Path("/jobs/{jobid}/checkpoints/details/{checkpointid}")
    @Archived
    public View details(
            @PathParam("jobid") JobId jobId, @PathParam("checkpointid") CheckpointId checkpointId) {
        JobID job = Ids.toFlink(jobId);
        return View.of(
                new Source.CheckpointStatistics(job),
                viewed.find(job, checkpointId).andThen(CheckpointsConverter::details));
    }

    @GET
    @Path("/jobs/{jobid}/checkpoints/details/{checkpointid}/subtasks/{vertexid}")
    @Archived
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

    @POST
    @Path("/jobs/{jobid}/checkpoints")
    public Trigger trigger(@PathParam("jobid") JobId jobId, CheckpointTriggerRequestBody body) {
        CheckpointType type = type(body.checkpointType());
        return Trigger.ofJob(
                OperationKind.CHECKPOINT,
                jobId,
                Optional.empty(),
                body.triggerId(),
                body,
                id -> new CheckpointOperation(jobId, id),
                checkpoint ->
                        gateways.dispatcher()
                                .thenCompose(
                                        dispatcher ->
                                                dispatcher.triggerCheckpoint(
                                                        checkpoint.key(),
                                                        type,
                                                        RpcUtils.INF_TIMEOUT)));
    }

    @GET
    @Path("/jobs/{jobid}/checkpoints/{triggerid}")
    public View status(
            @PathParam("jobid") JobId jobId, @PathParam("triggerid") TriggerId triggerId) {
        return operations.status(new CheckpointOperation(jobId, triggerId));
    }

    private static CheckpointType type(dev.drey.model.checkpoints.CheckpointType asked) {
        if (asked == dev.drey.model.checkpoints.CheckpointType.INCREMENTAL) {
            throw new BadRequestException(
                    "Flink takes no incremental checkpoint on request: ask for CONFIGURED or FULL");
        }
        return asked == null ? CheckpointType.DEFAULT : CheckpointType.valueOf(asked.name());
    }
}
