package dev.drey.client.rescaling;

import static java.util.Objects.requireNonNull;

import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.OperationToken;
import dev.drey.client.async.Operations;
import dev.drey.client.async.Operations.Status;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.JobId;
import dev.drey.model.RescaleUuid;
import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationInfo;
import dev.drey.model.async.OperationKind;
import dev.drey.model.rescaling.JobRescaleConfigInfo;
import dev.drey.model.rescaling.JobRescaleDetails;
import dev.drey.model.rescaling.JobRescaleDryRun;
import dev.drey.model.rescaling.JobRescalesHistory;
import dev.drey.model.rescaling.JobRescalesOverview;
import dev.drey.model.rescaling.JobRescalesSummary;
import dev.drey.model.rescaling.JobResourceRequirementsBody;
import java.util.concurrent.CompletableFuture;

/**
 * Rescaling a job, what it requires, and its rescales. {@link Transport} says how the futures fail,
 * what cancelling them does and where their callbacks run; {@link OperationFuture} says how a
 * rescaling is followed. An unknown job is 404, and to reads so is one that the adaptive scheduler
 * does not run. All but the requirements is of Flink 2.3 and later. Rescales are remembered only if
 * {@code web.adaptive-scheduler.rescale-history.size} is above 0: if it is not, there seem to be
 * none.
 */
public final class RescalingClient {
    private static final Status<AsynchronousOperationInfo> RESCALING =
            Status.of(
                    token ->
                            Request.get(
                                    "/jobs/:jobid/rescaling/:triggerid",
                                    token.job().orElseThrow().value(),
                                    token.id().value()));

    private final Transport transport;
    private final Operations operations;

    /** Made by the client. */
    public RescalingClient(Transport transport, Operations operations) {
        this.transport = requireNonNull(transport, "transport is null");
        this.operations = requireNonNull(operations, "operations is null");
    }

    /**
     * Has all vertices of a job run with {@code parallelism}; see {@link #trigger(JobId,
     * RescalingParameters)}.
     */
    public OperationFuture<AsynchronousOperationInfo> trigger(JobId job, int parallelism) {
        return trigger(job, RescalingParameters.of(parallelism));
    }

    /**
     * Has all vertices of a job run with another parallelism; a vertex whose maximum parallelism is
     * 1 keeps 1. The operation completes when they all run so. It fails if they do not in the time
     * that the job's scheduler may take, if slots are missing for example, or if the job ends.
     *
     * <p>It is not begun, and the future fails, with 400 if the parallelism is below 1 or above a
     * vertex's maximum; with 409 if the job does not run, if it has no completed checkpoint, if the
     * adaptive scheduler does not run it or runs it in reactive mode, and while it is being
     * rescaled. Stock Flink answers 503 from 1.9 on.
     *
     * <p>The cluster chooses the id of the operation, which {@link OperationFuture#acknowledged()}
     * tells.
     */
    public OperationFuture<AsynchronousOperationInfo> trigger(
            JobId job, RescalingParameters parameters) {
        return operations.byKey(
                OperationToken.ofJob(
                        OperationKind.RESCALING,
                        TriggerId.random(),
                        job,
                        String.valueOf(parameters.parallelism())),
                request(job, parameters),
                RESCALING);
    }

    /**
     * Follows a rescaling that was triggered before. Only the endpoint that was asked for it knows
     * it, until some time after its end.
     */
    public OperationFuture<AsynchronousOperationInfo> resume(JobId job, TriggerId triggerId) {
        return resume(OperationToken.ofJob(OperationKind.RESCALING, triggerId, job, null));
    }

    /**
     * Goes on with a rescaling.
     *
     * @throws IllegalArgumentException if {@code token} is of another operation
     */
    public OperationFuture<AsynchronousOperationInfo> resume(OperationToken token) {
        return operations.resume(token.requireKind(OperationKind.RESCALING), RESCALING);
    }

    /**
     * What {@link #trigger(JobId, RescalingParameters)} would do, and every reason for which it
     * would be refused; nothing is changed. Only Drey has it.
     */
    public CompletableFuture<JobRescaleDryRun> dryRun(JobId job, RescalingParameters parameters) {
        return transport.send(
                request(job, parameters).withQuery("dryRun", "true"), JobRescaleDryRun.class);
    }

    private static Request request(JobId job, RescalingParameters parameters) {
        Request request =
                Request.patch("/jobs/:jobid/rescaling", job.value())
                        .withQuery("parallelism", String.valueOf(parameters.parallelism()));
        if (parameters.restoreOnFailure()) {
            request = request.withQuery("restoreOnFailure", "true");
        }
        return parameters.allowStateLoss() ? request.withQuery("allowStateLoss", "true") : request;
    }

    /**
     * Between which bounds the parallelism of each of the job's vertices may be. A job that has
     * ended is 404 as well; where this is 404, stock Flink answers 500.
     */
    public CompletableFuture<JobResourceRequirementsBody> requirements(JobId job) {
        return transport.send(
                Request.get("/jobs/:jobid/resource-requirements", job.value()),
                JobResourceRequirementsBody.class);
    }

    /**
     * Changes between which bounds the parallelism of the job's vertices may be; the job is
     * rescaled when its scheduler finds that it is time. The future completes when the cluster has
     * taken the bounds on. Bounds that cannot be are 400, as are an unknown vertex and one that is
     * missing. A job that cannot be rescaled is 409, where stock Flink answers 500.
     *
     * @param requirements of all vertices of the job; -1 as a bound is 1, or the vertex's maximum
     *     parallelism
     */
    public CompletableFuture<EmptyResponseBody> updateRequirements(
            JobId job, JobResourceRequirementsBody requirements) {
        return operations.once(
                Request.put("/jobs/:jobid/resource-requirements", job.value())
                        .withJson(requirements),
                EmptyResponseBody.class,
                "the change of what job %s requires".formatted(job));
    }

    /** When the job's scheduler rescales it. */
    public CompletableFuture<JobRescaleConfigInfo> configuration(JobId job) {
        return transport.send(
                Request.get("/jobs/:jobid/rescales/config", job.value()),
                JobRescaleConfigInfo.class);
    }

    /** How many rescales the job had, and the latest ones. */
    public CompletableFuture<JobRescalesOverview> overview(JobId job) {
        return transport.send(
                Request.get("/jobs/:jobid/rescales/overview", job.value()),
                JobRescalesOverview.class);
    }

    /** How many rescales the job had, and how long they took. */
    public CompletableFuture<JobRescalesSummary> summary(JobId job) {
        return transport.send(
                Request.get("/jobs/:jobid/rescales/summary", job.value()),
                JobRescalesSummary.class);
    }

    /** The job's rescales in brief, newest first. */
    public CompletableFuture<JobRescalesHistory> history(JobId job) {
        return transport.send(
                Request.get("/jobs/:jobid/rescales/history", job.value()),
                JobRescalesHistory.class);
    }

    /** One rescale in full. One that is not, or no longer, in the history is 404. */
    public CompletableFuture<JobRescaleDetails> details(JobId job, RescaleUuid rescale) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/rescales/details/:rescaleuuid", job.value(), rescale.value()),
                JobRescaleDetails.class);
    }
}
