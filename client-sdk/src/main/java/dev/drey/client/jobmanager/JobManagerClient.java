package dev.drey.client.jobmanager;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Download;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.ApplicationId;
import dev.drey.model.JobId;
import dev.drey.model.ResourceId;
import dev.drey.model.jobmanager.ConfigurationInfo;
import dev.drey.model.jobmanager.EnvironmentInfo;
import dev.drey.model.jobmanager.LogUrlResponse;
import dev.drey.model.processes.LogListInfo;
import dev.drey.model.processes.ThreadDumpInfo;
import java.util.concurrent.CompletableFuture;

/**
 * The JobManager. All jobs and applications of a cluster have the same one; a history server
 * remembers the one that each of them had. {@link Transport} says how the futures fail, what
 * cancelling them does and where their callbacks run.
 */
public final class JobManagerClient {
    private final Transport transport;

    /** Made by the client. */
    public JobManagerClient(Transport transport) {
        this.transport = requireNonNull(transport, "transport is null");
    }

    /** What it was started with; values of sensitive keys are masked. */
    public CompletableFuture<ConfigurationInfo> configuration() {
        return transport.send(Request.get("/jobmanager/config"), ConfigurationInfo.class);
    }

    /** What the JobManager of {@code job} was started with; a cluster does not check the job. */
    public CompletableFuture<ConfigurationInfo> configuration(JobId job) {
        return transport.send(
                Request.get("/jobs/:jobid/jobmanager/config", job.value()),
                ConfigurationInfo.class);
    }

    /**
     * What the JobManager of {@code application} was started with (Flink 2.3 and later); a cluster
     * does not check the application.
     */
    public CompletableFuture<ConfigurationInfo> configuration(ApplicationId application) {
        return transport.send(
                Request.get("/applications/:applicationid/jobmanager/config", application.value()),
                ConfigurationInfo.class);
    }

    /** Its virtual machine and class path. */
    public CompletableFuture<EnvironmentInfo> environment() {
        return transport.send(Request.get("/jobmanager/environment"), EnvironmentInfo.class);
    }

    /**
     * The virtual machine and class path of the JobManager of {@code job}; a cluster does not check
     * the job.
     */
    public CompletableFuture<EnvironmentInfo> environment(JobId job) {
        return transport.send(
                Request.get("/jobs/:jobid/jobmanager/environment", job.value()),
                EnvironmentInfo.class);
    }

    /** The files in its log folder. */
    public CompletableFuture<LogListInfo> logs() {
        return transport.send(Request.get("/jobmanager/logs"), LogListInfo.class);
    }

    /** Its log. The future completes when it begins to come. None: 404. */
    public CompletableFuture<Download> log() {
        return transport.download(Request.get("/jobmanager/log"));
    }

    /**
     * A file of its log folder, as {@link #logs()} names it. The future completes when it begins to
     * come. Unknown file: 404.
     */
    public CompletableFuture<Download> log(String name) {
        return transport.download(Request.get("/jobmanager/logs/:filename", name));
    }

    /** What it has printed. The future completes when it begins to come. None: 404. */
    public CompletableFuture<Download> stdout() {
        return transport.download(Request.get("/jobmanager/stdout"));
    }

    /** What its threads are doing. */
    public CompletableFuture<ThreadDumpInfo> threadDump() {
        return transport.send(Request.get("/jobmanager/thread-dump"), ThreadDumpInfo.class);
    }

    /**
     * Where the logs of the JobManager of {@code job} are shown; a cluster does not check the job.
     */
    public CompletableFuture<LogUrlResponse> logUrl(JobId job) {
        return transport.send(
                Request.get("/jobs/:jobid/jobmanager/log-url", job.value()), LogUrlResponse.class);
    }

    /**
     * Where the logs of a task manager of {@code job} are shown; a cluster checks neither of them.
     */
    public CompletableFuture<LogUrlResponse> taskManagerLogUrl(JobId job, ResourceId taskManager) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/taskmanagers/:taskmanagerid/log-url",
                        job.value(),
                        taskManager.value()),
                LogUrlResponse.class);
    }
}
