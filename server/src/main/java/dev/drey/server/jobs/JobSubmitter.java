package dev.drey.server.jobs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.model.jobs.JobSubmitResponseBody;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Ids;
import dev.drey.server.ServerExecutors;
import dev.drey.server.async.IdempotencyKey;
import dev.drey.server.async.Operations;
import dev.drey.server.error.Failures;
import dev.drey.server.http.MultipartForm;
import dev.drey.server.http.Upload;
import dev.drey.server.http.UploadFolder;
import jakarta.inject.Inject;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.core.Response;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.application.SingleJobApplication;
import org.apache.flink.runtime.blob.BlobClient;
import org.apache.flink.runtime.client.ClientUtils;
import org.apache.flink.runtime.client.DuplicateApplicationSubmissionException;
import org.apache.flink.runtime.client.DuplicateJobSubmissionException;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.streaming.api.graph.ExecutionPlan;
import org.apache.flink.util.FlinkException;

/**
 * Hands jobs of Flink's client on to the cluster: their files to the blob server, and then the plan
 * to the dispatcher.
 */
public final class JobSubmitter {

    private final ClusterGateways gateways;
    private final Configuration configuration;
    private final Operations operations;
    private final ServerExecutors executors;
    private final UploadFolder uploads;
    private final ObjectMapper json;
    private final Duration timeout;

    @Inject
    public JobSubmitter(
            ClusterGateways gateways,
            Configuration configuration,
            Operations operations,
            ServerExecutors executors,
            UploadFolder uploads,
            ObjectMapper json) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.configuration = requireNonNull(configuration, "configuration is null");
        this.operations = requireNonNull(operations, "operations is null");
        this.executors = requireNonNull(executors, "executors is null");
        this.uploads = requireNonNull(uploads, "uploads is null");
        this.json = requireNonNull(json, "json is null");
        this.timeout = configuration.get(WebOptions.TIMEOUT);
    }

    /**
     * Submits what {@code form} brings. Nothing of it is left here, whatever comes of it.
     *
     * @throws ForbiddenException if nothing may be submitted here
     */
    CompletionStage<Response> submit(MultipartForm form, Optional<IdempotencyKey> key) {
        if (!configuration.get(WebOptions.SUBMIT_ENABLE)) {
            throw new ForbiddenException(
                    "No job can be submitted here: %s is false"
                            .formatted(WebOptions.SUBMIT_ENABLE.key()),
                    Response.status(Response.Status.FORBIDDEN)
                            .header("Connection", "close")
                            .build());
        }
        Upload upload = uploads.begin(form);
        return executors
                .upload(() -> received(form, upload))
                .thenCompose(
                        job ->
                                key.isEmpty()
                                        ? accepted(job)
                                        : operations.once(
                                                key.get(),
                                                "POST " + JobsResource.SUBMIT_PATH,
                                                Optional.empty(),
                                                job.submission().content(),
                                                () -> accepted(job)))
                .whenComplete((job, failure) -> upload.close());
    }

    private CompletionStage<Response> accepted(Received job) {
        return send(job)
                .thenApply(id -> Response.accepted(JobSubmitResponseBody.of(Ids.of(id))).build());
    }

    private Received received(MultipartForm form, Upload upload) {
        JobSubmission submission =
                JobSubmission.receive(
                        form,
                        upload,
                        json,
                        configuration.get(RestOptions.SERVER_MAX_CONTENT_LENGTH));
        return new Received(submission, submission.readPlan());
    }

    private CompletableFuture<JobID> send(Received job) {
        return gateways.dispatcher()
                .thenCompose(
                        dispatcher -> {
                            gateways.messageLimit()
                                    .requireCarries(dispatcher, job.submission().planSize());
                            return dispatcher
                                    .getBlobServerPort(timeout)
                                    .thenAcceptAsync(
                                            port -> sendFiles(job, dispatcher, port),
                                            executors.downloads())
                                    .thenCompose(
                                            sent ->
                                                    dispatcher.submitApplication(
                                                            new SingleJobApplication(job.plan()),
                                                            timeout));
                        })
                .thenApply(acknowledged -> job.plan().getJobID())
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(explained(job.plan(), failure)));
    }

    /** As task managers do, it looks for the blob server where the leader is. */
    private void sendFiles(Received job, DispatcherGateway dispatcher, int port) {
        InetSocketAddress blobServer = new InetSocketAddress(dispatcher.getHostname(), port);
        List<Path> jars =
                job.submission().jars().stream().map(jar -> new Path(jar.toUri())).toList();
        List<Tuple2<String, Path>> artifacts =
                job.submission().artifacts().stream()
                        .map(artifact -> Tuple2.of(artifact.f0, new Path(artifact.f1.toUri())))
                        .toList();
        try {
            ClientUtils.uploadExecutionPlanFiles(
                    job.plan(), jars, artifacts, () -> new BlobClient(blobServer, configuration));
        } catch (FlinkException e) {
            throw new InternalServerErrorException(
                    "The files of the job cannot be sent to the cluster's blob server at %s: %s"
                            .formatted(blobServer, Failures.told(Failures.root(e))),
                    e);
        }
    }

    private static Throwable explained(ExecutionPlan plan, Throwable failure) {
        Throwable cause = Failures.strip(failure);
        return cause instanceof DuplicateApplicationSubmissionException
                        || cause instanceof DuplicateJobSubmissionException
                ? new ClientErrorException(
                        "Job %s was submitted before".formatted(plan.getJobID()),
                        Response.Status.CONFLICT,
                        cause)
                : new CompletionException(cause);
    }

    /** A job that is here in full. */
    private record Received(JobSubmission submission, ExecutionPlan plan) {}
}
