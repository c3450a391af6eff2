package dev.drey.server.savepoints;

import static java.util.Objects.requireNonNull;

import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.TriggerResponse;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import dev.drey.server.ClusterGateways;
import dev.drey.server.View;
import dev.drey.server.async.JobOperation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.dispatcher.TriggerSavepointMode;

/** Savepoints of a job. */
@Singleton
@Path("/")
public final class SavepointsResource {

    private final ClusterGateways gateways;
    private final Optional<String> defaultDirectory;
    private final Duration timeout;

    @Inject
    public SavepointsResource(ClusterGateways gateways, Configuration configuration) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.defaultDirectory = configuration.getOptional(CheckpointingOptions.SAVEPOINT_DIRECTORY);
        this.timeout = configuration.get(WebOptions.TIMEOUT);
    }

    @POST
    @Path("/jobs/{jobid}/savepoints")
    public CompletionStage<Response> trigger(
            @PathParam("jobid") JobId jobId, SavepointTriggerRequestBody body) {
        TriggerId triggerId = Objects.requireNonNullElseGet(body.triggerId(), TriggerId::random);
        String directory = directory(body);
        return gateways.dispatcher()
                .thenCompose(
                        dispatcher ->
                                dispatcher.triggerSavepoint(
                                        JobOperation.key(jobId, triggerId),
                                        directory,
                                        format(body),
                                        mode(body),
                                        timeout))
                .thenApply(
                        acknowledged -> Response.accepted(new TriggerResponse(triggerId)).build());
    }

    @GET
    @Path("/jobs/{jobid}/savepoints/{triggerid}")
    public View status(
            @PathParam("jobid") JobId jobId, @PathParam("triggerid") TriggerId triggerId) {
        return View.of(
                new SavepointOperation(JobOperation.key(jobId, triggerId)),
                SavepointsConverter::status);
    }

    private String directory(SavepointTriggerRequestBody body) {
        return Optional.ofNullable(body.targetDirectory())
                .or(() -> defaultDirectory)
                .orElseThrow(
                        () ->
                                new BadRequestException(
                                        "No place for the savepoint: send target-directory, or set %s"
                                                .formatted(
                                                        CheckpointingOptions.SAVEPOINT_DIRECTORY
                                                                .key())));
    }

    private static SavepointFormatType format(SavepointTriggerRequestBody body) {
        return body.formatType() == null
                ? SavepointFormatType.DEFAULT
                : SavepointFormatType.valueOf(body.formatType().name());
    }

    private static TriggerSavepointMode mode(SavepointTriggerRequestBody body) {
        return Boolean.TRUE.equals(body.cancelJob())
                ? TriggerSavepointMode.CANCEL_WITH_SAVEPOINT
                : TriggerSavepointMode.SAVEPOINT;
    }
}
