package dev.drey.client.jobs;

import static java.util.Objects.requireNonNull;

import dev.drey.client.async.JobStatusQuestion;
import dev.drey.client.async.Operations;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.JobId;
import dev.drey.model.jobs.ClientCoordinationRequestBody;
import dev.drey.model.jobs.ClientCoordinationResponseBody;
import dev.drey.model.jobs.JobAccumulatorsInfo;
import dev.drey.model.jobs.JobClientHeartbeatRequestBody;
import dev.drey.model.jobs.JobConfigInfo;
import dev.drey.model.jobs.JobDetailsInfo;
import dev.drey.model.jobs.JobEvent;
import dev.drey.model.jobs.JobExceptionsInfoWithHistory;
import dev.drey.model.jobs.JobExecutionResultResponseBody;
import dev.drey.model.jobs.JobIdsWithStatusOverview;
import dev.drey.model.jobs.JobPlanInfo;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.jobs.JobStatusInfo;
import dev.drey.model.jobs.JobSubmitRequestBody;
import dev.drey.model.jobs.JobSubmitRequestBody.DistributedCacheFile;
import dev.drey.model.jobs.JobSubmitResponseBody;
import dev.drey.model.jobs.MultipleJobsDetails;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * Jobs. {@link Transport} says how the futures fail, what cancelling them does and where their
 * callbacks run. An unknown job is 404, except where a method says otherwise.
 */
public final class JobsClient {
    private static final String PLAN = "plan";
    private static final String FILE = "file";
    private static final String BINARY = "application/octet-stream";

    private final Transport transport;
    private final Operations operations;
    private final JobWatches watches;

    /** Made by the client. */
    public JobsClient(Transport transport, Operations operations, JobWatches watches) {
        this.transport = requireNonNull(transport, "transport is null");
        this.operations = requireNonNull(operations, "operations is null");
        this.watches = requireNonNull(watches, "watches is null");
    }

    /** All jobs the cluster runs or remembers, with nothing but their state. */
    public CompletableFuture<JobIdsWithStatusOverview> list() {
        return transport.send(Request.get("/jobs"), JobIdsWithStatusOverview.class);
    }

    /** All jobs the cluster runs or remembers, summarized. */
    public CompletableFuture<MultipleJobsDetails> overview() {
        return transport.send(Request.get("/jobs/overview"), MultipleJobsDetails.class);
    }

    /**
     * Submits a job. The files are read while they are sent, as fast as the cluster takes them, and
     * must not change meanwhile. The client's upload timeout applies. If there is no such file, the
     * future fails with a {@link java.nio.file.NoSuchFileException}. A job whose id is known
     * already is 409, or 500 from stock Flink.
     *
     * @param executionPlan the execution plan (before Flink 2.0, the job graph) as a serialized
     *     Java object, of the cluster's version of Flink
     * @param jars jars of the job's classes
     * @param artifacts files of its distributed cache
     */
    public CompletableFuture<JobSubmitResponseBody> submit(
            Path executionPlan, List<Path> jars, List<JobArtifact> artifacts) {
        // Files of different folders may have the same name, and Flink tells them apart by it.
        List<String> jarNames = new ArrayList<>();
        List<DistributedCacheFile> artifactNames = new ArrayList<>();
        Request request = Request.post("/jobs").withFile(FILE, executionPlan, PLAN, BINARY);
        for (Path jar : jars) {
            String name = "%d-%s".formatted(jarNames.size(), jar.getFileName());
            jarNames.add(name);
            request = request.withFile(FILE, jar, name, "application/java-archive");
        }
        for (JobArtifact artifact : artifacts) {
            String name =
                    "artifact-%d-%s".formatted(artifactNames.size(), artifact.file().getFileName());
            artifactNames.add(new DistributedCacheFile(artifact.name(), name));
            request = request.withFile(FILE, artifact.file(), name, BINARY);
        }
        return operations.once(
                request.withJson(new JobSubmitRequestBody(PLAN, jarNames, artifactNames)),
                JobSubmitResponseBody.class,
                "the submission of " + executionPlan);
    }

    /** The job in full. */
    public CompletableFuture<JobDetailsInfo> details(JobId job) {
        return transport.send(Request.get("/jobs/:jobid", job.value()), JobDetailsInfo.class);
    }

    /** The state of the job. Of an unknown job, stock Flink answers 500. */
    public CompletableFuture<JobStatusInfo> status(JobId job) {
        return transport.send(Request.get("/jobs/:jobid/status", job.value()), JobStatusInfo.class);
    }

    /**
     * What happens to the job, as it happens: for each subscriber first the status that the job
     * has, and so on until it has ended for good, by which the subscription completes. An unknown
     * job is an error, a {@link dev.drey.client.error.FlinkRestException} with 404.
     *
     * <p>Drey sends events as they happen, over a connection that is held for each subscriber;
     * after one that breaks off, it goes on where it was, and {@link JobEvent.Missed} tells where
     * it cannot. Of a server that has no such events, as stock Flink has none, the job is looked at
     * every {@link dev.drey.client.async.PollSettings#longestDelay()}, and what the server shows
     * then may be as old as {@code web.refresh-interval}. The same goes for subscribers beyond
     * those that a client holds connections for. A cluster that does not answer is an error after
     * {@link dev.drey.client.async.PollSettings#longestSilence()}.
     *
     * <p>Subscribers are called on the client's worker threads. Who is slow to ask for more keeps
     * nobody else waiting; 256 events are kept for them, and no further ones fetched meanwhile.
     */
    public Flow.Publisher<JobEvent> watch(JobId job) {
        return watches.of(job);
    }

    /**
     * Waits until the job is in one of some states, for as long as operations are waited for; see
     * {@link #awaitStatus(JobId, Duration, JobStatus...)}.
     */
    public CompletableFuture<JobStatus> awaitStatus(JobId job, JobStatus... statuses) {
        return awaitStatus(job, operations.deadline(), statuses);
    }

    /**
     * Waits until the job is in one of some states. The future completes with that state; a state
     * that the job passes between two questions may be missed, except at Drey. It fails with a
     * {@link dev.drey.client.async.JobGoneException} if the job ends for good in another state or
     * is unknown, with a {@link dev.drey.client.async.OperationTimeoutException} at the deadline or
     * when the cluster has not answered for as long as {@link
     * dev.drey.client.async.PollSettings#longestSilence()}, and otherwise as any operation does.
     * Cancelling it stops the waiting.
     *
     * @param deadline how long to wait
     * @throws IllegalArgumentException if there is no state to wait for, or one is unknown
     */
    public CompletableFuture<JobStatus> awaitStatus(
            JobId job, Duration deadline, JobStatus... statuses) {
        Set<JobStatus> awaited = Set.copyOf(List.of(statuses));
        if (awaited.isEmpty() || awaited.contains(JobStatus.UNKNOWN)) {
            throw new IllegalArgumentException(
                    "A job cannot be waited for to be in one of " + awaited);
        }
        return operations.await(
                new JobStatusQuestion(transport, job, awaited),
                "Waiting for job %s to be in one of %s".formatted(job, awaited),
                deadline);
    }

    /**
     * Waits until the job has ended for good, be it with success or not, for as long as operations
     * are waited for: see {@link #awaitTermination(JobId, Duration)}.
     */
    public CompletableFuture<JobStatus> awaitTermination(JobId job) {
        return awaitTermination(job, operations.deadline());
    }

    /**
     * Waits until the job has ended for good, be it with success or not: the future completes with
     * {@code FINISHED}, {@code CANCELED} or {@code FAILED}, and fails as that of {@link
     * #awaitStatus(JobId, Duration, JobStatus...)} does. {@link #executionResult} tells more then.
     *
     * @param deadline how long to wait
     */
    public CompletableFuture<JobStatus> awaitTermination(JobId job, Duration deadline) {
        return awaitStatus(job, deadline, JobStatus.FINISHED, JobStatus.CANCELED, JobStatus.FAILED);
    }

    /** The job's data flow. */
    public CompletableFuture<JobPlanInfo> plan(JobId job) {
        return transport.send(Request.get("/jobs/:jobid/plan", job.value()), JobPlanInfo.class);
    }

    /** How the job's program configured it; values of sensitive keys are masked. */
    public CompletableFuture<JobConfigInfo> configuration(JobId job) {
        return transport.send(Request.get("/jobs/:jobid/config", job.value()), JobConfigInfo.class);
    }

    /** The job's failures that the cluster remembers, newest first; 20 of them at most. */
    public CompletableFuture<JobExceptionsInfoWithHistory> exceptions(JobId job) {
        return transport.send(exceptionsOf(job), JobExceptionsInfoWithHistory.class);
    }

    /**
     * The job's failures that the cluster remembers, newest first.
     *
     * @param maxExceptions how many at most; a negative number is 400, or 500 from stock Flink
     * @param labels only failures that have all of them
     */
    public CompletableFuture<JobExceptionsInfoWithHistory> exceptions(
            JobId job, int maxExceptions, FailureLabel... labels) {
        Request request =
                exceptionsOf(job).withQuery("maxExceptions", String.valueOf(maxExceptions));
        for (FailureLabel label : labels) {
            request = request.withQuery("failureLabelFilter", label.toString());
        }
        return transport.send(request, JobExceptionsInfoWithHistory.class);
    }

    private static Request exceptionsOf(JobId job) {
        return Request.get("/jobs/:jobid/exceptions", job.value());
    }

    /**
     * What came of the job: completed once it has ended, be it with success or not. It does not
     * wait for the end.
     */
    public CompletableFuture<JobExecutionResultResponseBody> executionResult(JobId job) {
        return transport.send(
                Request.get("/jobs/:jobid/execution-result", job.value()),
                JobExecutionResultResponseBody.class);
    }

    /**
     * The accumulators of the job's program.
     *
     * @param includeSerializedValue whether they come as serialized Java objects, too
     */
    public CompletableFuture<JobAccumulatorsInfo> accumulators(
            JobId job, boolean includeSerializedValue) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/accumulators?includeSerializedValue="
                                + includeSerializedValue,
                        job.value()),
                JobAccumulatorsInfo.class);
    }

    /**
     * Cancels the job. The future completes when the cluster has taken the cancellation on; the job
     * is then still on its way to {@link dev.drey.model.jobs.JobStatus#CANCELED}.
     */
    public CompletableFuture<EmptyResponseBody> cancel(JobId job) {
        return transport.send(
                Request.patch("/jobs/:jobid?mode=cancel", job.value()).repeatable(),
                EmptyResponseBody.class);
    }

    /**
     * Says that the job's client is there (Flink 1.20 and later; before, stock Flink answers 400).
     * A job whose client counts as gone is cancelled, if the cluster watches over clients, as it
     * does once a job was submitted that asked for it. Of an unknown job, nothing is done, and that
     * is no failure.
     *
     * @param expires when the client counts as gone unless it says more, to the millisecond
     */
    public CompletableFuture<EmptyResponseBody> reportClientHeartbeat(JobId job, Instant expires) {
        return transport.send(
                Request.patch("/jobs/:jobid/clientHeartbeat", job.value())
                        .withJson(new JobClientHeartbeatRequestBody(expires.toEpochMilli()))
                        .repeatable(),
                EmptyResponseBody.class);
    }

    /**
     * Asks the coordinator of one of the job's operators (Flink 2.0 and later). What it understands
     * is up to the operator. An operator without a coordinator that takes requests is 404, and a
     * request that it cannot read 400; stock Flink answers 500 to most of these.
     *
     * @param operatorUid the uid that the job's program gave the operator
     */
    public CompletableFuture<ClientCoordinationResponseBody> deliverToCoordinator(
            JobId job, String operatorUid, ClientCoordinationRequestBody request) {
        return operations.once(
                Request.post("/jobs/:jobid/coordinators/:operatorUid", job.value(), operatorUid)
                        .withJson(request),
                ClientCoordinationResponseBody.class,
                "the request to the coordinator of %s of job %s".formatted(operatorUid, job));
    }
}
