package dev.drey.client.rescaling;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.JobId;
import dev.drey.model.RescaleUuid;
import dev.drey.model.rescaling.JobRescaleConfigInfo;
import dev.drey.model.rescaling.JobRescaleDetails;
import dev.drey.model.rescaling.JobRescalesHistory;
import dev.drey.model.rescaling.JobRescalesOverview;
import dev.drey.model.rescaling.JobRescalesSummary;
import dev.drey.model.rescaling.JobResourceRequirementsBody;
import java.util.concurrent.CompletableFuture;

/**
 * What a job requires, and its rescales. {@link Transport} says how the futures fail, what
 * cancelling them does and where their callbacks run. An unknown job is 404, and so is one that the
 * adaptive scheduler does not run. All but the requirements is of Flink 2.3 and later. Rescales are
 * remembered only if {@code web.adaptive-scheduler.rescale-history.size} is above 0: if it is not,
 * there seem to be none.
 */
public final class RescalingClient {
    private final Transport transport;

    /** Made by the client. */
    public RescalingClient(Transport transport) {
        this.transport = requireNonNull(transport, "transport is null");
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
        return transport.send(
                Request.put("/jobs/:jobid/resource-requirements", job.value())
                        .withJson(requirements),
                EmptyResponseBody.class);
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
