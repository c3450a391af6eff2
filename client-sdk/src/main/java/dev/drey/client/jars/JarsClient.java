package dev.drey.client.jars;

import static java.util.Objects.requireNonNull;

import dev.drey.client.async.Chain;
import dev.drey.client.async.Operations;
import dev.drey.client.jobs.JobsClient;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.JarId;
import dev.drey.model.JobId;
import dev.drey.model.jars.JarListInfo;
import dev.drey.model.jars.JarPlanRequestBody;
import dev.drey.model.jars.JarRunApplicationRequestBody;
import dev.drey.model.jars.JarRunApplicationResponseBody;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jars.JarRunResponseBody;
import dev.drey.model.jars.JarUploadResponseBody;
import dev.drey.model.jobs.JobPlanInfo;
import dev.drey.model.jobs.JobStatus;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * Uploaded jars and the programs in them. {@link Transport} says how the futures fail, what
 * cancelling them does and where their callbacks run.
 */
public final class JarsClient {
    private final Transport transport;
    private final Operations operations;
    private final JobsClient jobs;

    /** Made by the client. */
    public JarsClient(Transport transport, Operations operations, JobsClient jobs) {
        this.transport = requireNonNull(transport, "transport is null");
        this.operations = requireNonNull(operations, "operations is null");
        this.jobs = requireNonNull(jobs, "jobs is null");
    }

    /** The uploaded jars. */
    public CompletableFuture<JarListInfo> list() {
        return transport.send(Request.get("/jars"), JarListInfo.class);
    }

    /**
     * Uploads a jar under the name of its file. The file is read while it is sent, as fast as the
     * cluster takes it, and must not change meanwhile. The client's upload timeout applies. If
     * there is no such file, the future fails with a {@link java.nio.file.NoSuchFileException}.
     */
    public CompletableFuture<JarUploadResponseBody> upload(Path jar) {
        return operations.once(
                Request.post("/jars/upload").withFile("jarfile", jar, "application/x-java-archive"),
                JarUploadResponseBody.class,
                "the upload of " + jar);
    }

    /**
     * Runs the program of a jar. The future completes when the program has submitted its job, so
     * the client's request timeout must leave it the time.
     */
    public CompletableFuture<JarRunResponseBody> run(JarId jar, JarRunRequestBody body) {
        return operations.once(
                Request.post("/jars/:jarid/run", jar.value()).withJson(body),
                JarRunResponseBody.class,
                "the run of jar " + jar);
    }

    /**
     * Uploads a jar, runs its program, and waits until its job runs, or has finished already. What
     * is waited for after that is {@link JobsClient#awaitTermination}. The jar stays, to be run
     * again or deleted. The future fails as those of {@link #upload}, {@link #run} and {@link
     * JobsClient#awaitStatus} do; cancelling it ends what is under way, and not the job.
     */
    public CompletableFuture<JobId> runJar(Path jar, JarRunRequestBody body) {
        return Chain.then(
                Chain.then(upload(jar), uploaded -> run(uploaded.jarId(), body)),
                started ->
                        Chain.map(
                                jobs.awaitStatus(
                                        started.jobId(), JobStatus.RUNNING, JobStatus.FINISHED),
                                status -> started.jobId()));
    }

    /**
     * Runs the program of a jar as an application, from Flink 2.3 on. The future completes when the
     * cluster has taken it on; its {@code main} is called after that, in the JobManager's process,
     * and what comes of it is told by {@link
     * dev.drey.client.applications.ApplicationsClient#details}. Drey in {@code attach} mode gives
     * the jar to the cluster's own REST endpoint, and is 501 where that is out of reach.
     */
    public CompletableFuture<JarRunApplicationResponseBody> runApplication(
            JarId jar, JarRunApplicationRequestBody body) {
        return operations.once(
                Request.post("/jars/:jarid/run-application", jar.value()).withJson(body),
                JarRunApplicationResponseBody.class,
                "the run of the application of jar " + jar);
    }

    /**
     * The data flow of a jar's program, the one that its manifest names. Its {@code main} is called
     * for that, up to where it has a job to submit, so the client's request timeout must leave it
     * the time.
     */
    public CompletableFuture<JobPlanInfo> plan(JarId jar) {
        return transport.send(Request.get("/jars/:jarid/plan", jar.value()), JobPlanInfo.class);
    }

    /** The data flow of a jar's program, as it would be run; see {@link #plan(JarId)}. */
    public CompletableFuture<JobPlanInfo> plan(JarId jar, JarPlanRequestBody body) {
        return transport.send(
                Request.post("/jars/:jarid/plan", jar.value()).withJson(body), JobPlanInfo.class);
    }

    /**
     * Deletes a jar. Jobs that were run from it do not need it any more; an application does, as
     * long as its {@code main} may submit a job.
     */
    public CompletableFuture<EmptyResponseBody> delete(JarId jar) {
        return operations.once(
                Request.delete("/jars/:jarid", jar.value()),
                EmptyResponseBody.class,
                "the deletion of jar " + jar);
    }
}
