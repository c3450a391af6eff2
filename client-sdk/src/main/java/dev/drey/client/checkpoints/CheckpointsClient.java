package dev.drey.client.checkpoints;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.JobId;
import dev.drey.model.checkpoints.CheckpointConfigInfo;
import dev.drey.model.checkpoints.CheckpointingStatistics;
import java.util.concurrent.CompletableFuture;

/**
 * Checkpoints of a job. {@link Transport} says how the futures fail, what cancelling them does and
 * where their callbacks run.
 */
public final class CheckpointsClient {
    private final Transport transport;

    /** Made by the client. */
    public CheckpointsClient(Transport transport) {
        this.transport = requireNonNull(transport, "transport is null");
    }

    /**
     * The job's checkpoints: counts, sizes and durations, and the latest ones. Unknown job: 404.
     */
    public CompletableFuture<CheckpointingStatistics> statistics(JobId job) {
        return transport.send(
                Request.get("/jobs/:jobid/checkpoints", job.value()),
                CheckpointingStatistics.class);
    }

    /** How the job takes checkpoints. Unknown job, or one that takes none: 404. */
    public CompletableFuture<CheckpointConfigInfo> configuration(JobId job) {
        return transport.send(
                Request.get("/jobs/:jobid/checkpoints/config", job.value()),
                CheckpointConfigInfo.class);
    }
}
