package dev.drey.client.jobmanager;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.JobId;
import dev.drey.model.ResourceId;
import dev.drey.model.jobmanager.LogUrlResponse;
import java.util.concurrent.CompletableFuture;

/**
 * The JobManager. {@link Transport} says how the futures fail, what cancelling them does and where
 * their callbacks run.
 */
public final class JobManagerClient {
    private final Transport transport;

    /** Made by the client. */
    public JobManagerClient(Transport transport) {
        this.transport = requireNonNull(transport, "transport is null");
    }

    /** Where the dashboard shows the logs of the JobManager that runs the job, if there is one. */
    public CompletableFuture<LogUrlResponse> logUrl(JobId job) {
        return transport.send(
                Request.get("/jobs/:jobid/jobmanager/log-url", job.value()), LogUrlResponse.class);
    }

    /** Where the dashboard shows the logs of a task manager that runs the job, if there is one. */
    public CompletableFuture<LogUrlResponse> taskManagerLogUrl(JobId job, ResourceId taskManager) {
        return transport.send(
                Request.get(
                        "/jobs/:jobid/taskmanagers/:taskmanagerid/log-url",
                        job.value(),
                        taskManager.value()),
                LogUrlResponse.class);
    }
}
