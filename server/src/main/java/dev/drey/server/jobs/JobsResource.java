package dev.drey.server.jobs;

import static java.util.Objects.requireNonNull;

import dev.drey.model.EmptyRequestBody;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.JobId;
import dev.drey.model.jobs.ClientCoordinationRequestBody;
import dev.drey.model.jobs.ClientCoordinationResponseBody;
import dev.drey.model.jobs.JobClientHeartbeatRequestBody;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Ids;
import dev.drey.server.Source;
import dev.drey.server.View;
import dev.drey.server.archive.Archived;
import dev.drey.server.async.IdempotencyKey;
import dev.drey.server.error.Failures;
import dev.drey.server.http.MultipartForm;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.util.SerializedValue;

/** Jobs. */
@Singleton
@Path("/")
public final class JobsResource {

    public static final String SUBMIT_PATH = "/jobs";

    private final ClusterGateways gateways;
    private final JobSubmitter submitter;
    private final Duration timeout;

    @Inject
    public JobsResource(
            ClusterGateways gateways, JobSubmitter submitter, Configuration configuration) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.submitter = requireNonNull(submitter, "submitter is null");
        this.timeout = configuration.get(WebOptions.TIMEOUT);
    }

    @GET
    @Path("/jobs")
    public View list() {
        return View.of(new Source.Jobs(), JobsConverter::idsWithStatus);
    }

    @POST
    @Path(SUBMIT_PATH)
    @Consumes(MediaType.WILDCARD)
    public CompletionStage<Response> submit(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) String contentLength,
            @HeaderParam(IdempotencyKey.HEADER) IdempotencyKey key,
            InputStream body) {
        return submitter.submit(
                new MultipartForm(contentType, contentLength, body), Optional.ofNullable(key));
    }

    @GET
    @Path("/jobs/overview")
    @Archived
    public View overview() {
        return View.of(new Source.Jobs(), JobsConverter::overview);
    }

    @GET
    @Path("/jobs/{jobid}")
    @Archived
    public View details(@PathParam("jobid") JobId jobId) {
        return View.of(
                new Source.ExecutionGraph(Ids.toFlink(jobId)),
                new Source.Metrics(),
                JobDetailsConverter::details);
    }

    @GET
    @Path("/jobs/{jobid}/status")
    public View status(@PathParam("jobid") JobId jobId, @QueryParam(StatusOfJob.NOT) String not) {
        StatusOfJob status = new StatusOfJob(Ids.toFlink(jobId));
        if (not == null) {
            return View.of(status, JobsConverter::status);
        }
        JobStatus known = StatusOfJob.parse(not);
        return View.of(
                status,
                () -> status.becomesOtherThan(known, gateways, timeout),
                JobsConverter::status);
    }

    @GET
    @Path("/jobs/{jobid}/plan")
    @Archived
    public View plan(@PathParam("jobid") JobId jobId) {
        return View.of(new Source.ExecutionGraph(Ids.toFlink(jobId)), JobPlanConverter::planInfo);
    }

    @GET
    @Path("/jobs/{jobid}/config")
    @Archived
    public View configuration(@PathParam("jobid") JobId jobId) {
        return View.of(
                new Source.ExecutionGraph(Ids.toFlink(jobId)), JobConfigConverter::configInfo);
    }

    @GET
    @Path("/jobs/{jobid}/exceptions")
    @Archived
    public View exceptions(
            @PathParam("jobid") JobId jobId,
            @QueryParam(ExceptionsFilter.MAX_EXCEPTIONS) List<String> maxExceptions,
            @QueryParam(ExceptionsFilter.FAILURE_LABEL_FILTER) List<String> failureLabels) {
        ExceptionsFilter filter = ExceptionsFilter.of(maxExceptions, failureLabels);
        return View.of(
                new Source.ExecutionGraph(Ids.toFlink(jobId)),
                graph -> JobExceptionsConverter.exceptions(graph, filter));
    }

    @GET
    @Path("/jobs/{jobid}/execution-result")
    public View executionResult(@PathParam("jobid") JobId jobId) {
        return View.of(new ResultOfJob(Ids.toFlink(jobId)), JobExecutionResultConverter::result);
    }

    @GET
    @Path("/jobs/{jobid}/accumulators")
    @Archived(query = "includeSerializedValue=true")
    public View accumulators(
            @PathParam("jobid") JobId jobId,
            @QueryParam("includeSerializedValue") String includeSerializedValue) {
        return View.of(
                new Source.ExecutionGraph(Ids.toFlink(jobId)),
                isTrue(includeSerializedValue)
                        ? JobAccumulatorsConverter::accumulatorsWithSerializedValues
                        : JobAccumulatorsConverter::accumulators);
    }

    @PATCH
    @Path("/jobs/{jobid}")
    public CompletionStage<Response> terminate(
            @PathParam("jobid") JobId jobId,
            @QueryParam(TerminationMode.PARAMETER) List<String> modes,
            EmptyRequestBody body) {
        return terminate(jobId, TerminationMode.of(modes, TerminationMode.CANCEL));
    }

    /** For the proxy of YARN, through which nothing but a GET comes. */
    @GET
    @Path("/jobs/{jobid}/yarn-cancel")
    public CompletionStage<Response> cancelThroughYarn(
            @PathParam("jobid") JobId jobId,
            @QueryParam(TerminationMode.PARAMETER) List<String> modes) {
        return terminate(jobId, TerminationMode.of(modes, TerminationMode.CANCEL));
    }

    /** For the proxy of YARN, as well. */
    @GET
    @Path("/jobs/{jobid}/yarn-stop")
    public CompletionStage<Response> stopThroughYarn(
            @PathParam("jobid") JobId jobId,
            @QueryParam(TerminationMode.PARAMETER) List<String> modes) {
        return terminate(jobId, TerminationMode.of(modes, TerminationMode.STOP));
    }

    @PATCH
    @Path("/jobs/{jobid}/clientHeartbeat")
    public CompletionStage<Response> reportClientHeartbeat(
            @PathParam("jobid") JobId jobId, JobClientHeartbeatRequestBody body) {
        return gateways.dispatcher()
                .thenCompose(
                        dispatcher ->
                                dispatcher.reportJobClientHeartbeat(
                                        Ids.toFlink(jobId), body.expiredTimestamp(), timeout))
                .thenApply(reported -> Response.accepted(new EmptyResponseBody()).build());
    }

    @POST
    @Path("/jobs/{jobid}/coordinators/{operatorUid}")
    public CompletionStage<ClientCoordinationResponseBody> deliverToCoordinator(
            @PathParam("jobid") JobId jobId,
            @PathParam("operatorUid") String operatorUid,
            ClientCoordinationRequestBody body) {
        SerializedValue<CoordinationRequest> request = CoordinationConverter.request(body);
        return gateways.dispatcher()
                .thenCompose(
                        dispatcher ->
                                dispatcher.deliverCoordinationRequestToCoordinator(
                                        Ids.toFlink(jobId), operatorUid, request, timeout))
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(
                                        CoordinationConverter.refusal(
                                                operatorUid, Failures.strip(failure))))
                .thenApply(CoordinationConverter::response);
    }

    private CompletionStage<Response> terminate(JobId jobId, TerminationMode mode) {
        mode.requireSupported();
        return gateways.dispatcher()
                .thenCompose(dispatcher -> dispatcher.cancelJob(Ids.toFlink(jobId), timeout))
                .thenApply(acknowledged -> Response.accepted(new EmptyResponseBody()).build());
    }

    /** Flink reads every query parameter as a list with commas, and looks at the first of it. */
    private static boolean isTrue(String values) {
        return values != null && Boolean.parseBoolean(values.split(",", 2)[0]);
    }
}
