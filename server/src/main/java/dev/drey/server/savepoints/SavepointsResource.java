package dev.drey.server.savepoints;

import static java.util.Objects.requireNonNull;

import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.OperationKind;
import dev.drey.model.savepoints.SavepointDisposalRequest;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import dev.drey.model.savepoints.StopWithSavepointRequestBody;
import dev.drey.server.ClusterGateways;
import dev.drey.server.ServerExecutors;
import dev.drey.server.View;
import dev.drey.server.async.KeptOperation;
import dev.drey.server.async.Operations;
import dev.drey.server.async.Trigger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.dispatcher.TriggerSavepointMode;
import org.apache.flink.runtime.rpc.RpcUtils;

/** Savepoints of a job, and their disposal. */
@Singleton
@Path("/")
public final class SavepointsResource {

    private final ClusterGateways gateways;
    private final Operations operations;
    private final ServerExecutors executors;
    private final Optional<String> defaultDirectory;
    private final Duration timeout;

    @Inject
    public SavepointsResource(
            ClusterGateways gateways,
            Operations operations,
            ServerExecutors executors,
            Configuration configuration) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.operations = requireNonNull(operations, "operations is null");
        this.executors = requireNonNull(executors, "executors is null");
        this.defaultDirectory = configuration.getOptional(CheckpointingOptions.SAVEPOINT_DIRECTORY);
        this.timeout = configuration.get(WebOptions.TIMEOUT);
    }

    @POST
    @Path("/jobs/{jobid}/savepoints")
    public Trigger trigger(@PathParam("jobid") JobId jobId, SavepointTriggerRequestBody body) {
        String directory = directory(body.targetDirectory(), "target-directory");
        return Trigger.ofJob(
                OperationKind.SAVEPOINT,
                jobId,
                Optional.of(directory),
                body.triggerId(),
                body,
                id -> triggered(jobId, id, directory, Boolean.TRUE.equals(body.cancelJob())),
                savepoint ->
                        gateways.dispatcher()
                                .thenCompose(
                                        dispatcher ->
                                                dispatcher.triggerSavepoint(
                                                        savepoint.key(),
                                                        directory,
                                                        format(body.formatType()),
                                                        mode(body),
                                                        RpcUtils.INF_TIMEOUT)));
    }

    @POST
    @Path("/jobs/{jobid}/stop")
    public Trigger stop(@PathParam("jobid") JobId jobId, StopWithSavepointRequestBody body) {
        String directory = directory(body.targetDirectory(), "targetDirectory");
        return Trigger.ofJob(
                OperationKind.STOP_WITH_SAVEPOINT,
                jobId,
                Optional.of(directory),
                body.triggerId(),
                body,
                id -> triggered(jobId, id, directory, true),
                savepoint ->
                        gateways.dispatcher()
                                .thenCompose(
                                        dispatcher ->
                                                dispatcher.stopWithSavepoint(
                                                        savepoint.key(),
                                                        directory,
                                                        format(body.formatType()),
                                                        mode(body),
                                                        RpcUtils.INF_TIMEOUT)));
    }

    @GET
    @Path("/jobs/{jobid}/savepoints/{triggerid}")
    public View status(
            @PathParam("jobid") JobId jobId, @PathParam("triggerid") TriggerId triggerId) {
        return operations.status(SavepointOperation.of(jobId, triggerId));
    }

    @POST
    @Path("/savepoint-disposal")
    public Trigger dispose(SavepointDisposalRequest body) {
        if (body.savepointPath() == null) {
            throw new BadRequestException("No savepoint: send savepoint-path");
        }
        return Trigger.ofEndpoint(
                OperationKind.SAVEPOINT_DISPOSAL,
                body.savepointPath(),
                Response.Status.OK,
                SavepointsResource::disposal,
                gateways::dispatcher,
                dispatcher -> dispatcher.disposeSavepoint(body.savepointPath(), timeout));
    }

    @GET
    @Path("/savepoint-disposal/{triggerid}")
    public View disposalStatus(@PathParam("triggerid") TriggerId triggerId) {
        return operations.status(disposal(triggerId));
    }

    private SavepointOperation triggered(
            JobId jobId, TriggerId id, String directory, boolean stops) {
        return new SavepointOperation(
                jobId,
                id,
                Optional.of(
                        new SavepointTraces(
                                jobId, directory, stops, Instant.now(), executors.files())));
    }

    private static KeptOperation disposal(TriggerId id) {
        return KeptOperation.of(id, "savepoint disposal", "/savepoint-disposal/" + id);
    }

    private String directory(String asked, String field) {
        return Optional.ofNullable(asked)
                .or(() -> defaultDirectory)
                .orElseThrow(
                        () ->
                                new BadRequestException(
                                        "No place for the savepoint: send %s, or set %s"
                                                .formatted(
                                                        field,
                                                        CheckpointingOptions.SAVEPOINT_DIRECTORY
                                                                .key())));
    }

    private static SavepointFormatType format(dev.drey.model.savepoints.SavepointFormatType asked) {
        return asked == null
                ? SavepointFormatType.DEFAULT
                : SavepointFormatType.valueOf(asked.name());
    }

    private static TriggerSavepointMode mode(SavepointTriggerRequestBody body) {
        return Boolean.TRUE.equals(body.cancelJob())
                ? TriggerSavepointMode.CANCEL_WITH_SAVEPOINT
                : TriggerSavepointMode.SAVEPOINT;
    }

    private static TriggerSavepointMode mode(StopWithSavepointRequestBody body) {
        return Boolean.TRUE.equals(body.drain())
                ? TriggerSavepointMode.TERMINATE_WITH_SAVEPOINT
                : TriggerSavepointMode.SUSPEND_WITH_SAVEPOINT;
    }
}
