package dev.drey.server.jobs;

import static java.util.Objects.requireNonNull;

import dev.drey.model.EmptyRequestBody;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.JobId;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Ids;
import dev.drey.server.Source;
import dev.drey.server.View;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;

/** Jobs. */
@Singleton
@Path("/")
public final class JobsResource {

    private final ClusterGateways gateways;
    private final Duration timeout;

    @Inject
    public JobsResource(ClusterGateways gateways, Configuration configuration) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.timeout = configuration.get(WebOptions.TIMEOUT);
    }

    @GET
    @Path("/jobs")
    public View list() {
        return View.of(new Source.Jobs(), JobsConverter::idsWithStatus);
    }

    @GET
    @Path("/jobs/overview")
    public View overview() {
        return View.of(new Source.Jobs(), JobsConverter::overview);
    }

    @GET
    @Path("/jobs/{jobid}")
    public View details(@PathParam("jobid") JobId jobId) {
        return View.of(
                new Source.ExecutionGraph(Ids.toFlink(jobId)),
                new Source.Metrics(),
                JobDetailsConverter::details);
    }

    @GET
    @Path("/jobs/{jobid}/status")
    public View status(@PathParam("jobid") JobId jobId) {
        return View.of(new StatusOfJob(Ids.toFlink(jobId)), JobsConverter::status);
    }

    @GET
    @Path("/jobs/{jobid}/plan")
    public View plan(@PathParam("jobid") JobId jobId) {
        return View.of(new Source.ExecutionGraph(Ids.toFlink(jobId)), JobPlanConverter::planInfo);
    }

    @GET
    @Path("/jobs/{jobid}/config")
    public View configuration(@PathParam("jobid") JobId jobId) {
        return View.of(
                new Source.ExecutionGraph(Ids.toFlink(jobId)), JobConfigConverter::configInfo);
    }

    @GET
    @Path("/jobs/{jobid}/exceptions")
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
        return terminate(jobId, modes);
    }

    /**
     * What the dashboard's button asks for: YARN's proxy, for which Flink has it, let GET pass
     * only.
     */
    @GET
    @Path("/jobs/{jobid}/yarn-cancel")
    public CompletionStage<Response> cancel(
            @PathParam("jobid") JobId jobId,
            @QueryParam(TerminationMode.PARAMETER) List<String> modes) {
        return terminate(jobId, modes);
    }

    private CompletionStage<Response> terminate(JobId jobId, List<String> modes) {
        TerminationMode.of(modes).requireSupported();
        return gateways.dispatcher()
                .thenCompose(dispatcher -> dispatcher.cancelJob(Ids.toFlink(jobId), timeout))
                .thenApply(acknowledged -> Response.accepted(new EmptyResponseBody()).build());
    }

    /** Flink reads every query parameter as a list with commas, and looks at the first of it. */
    private static boolean isTrue(String values) {
        return values != null && Boolean.parseBoolean(values.split(",", 2)[0]);
    }
}
