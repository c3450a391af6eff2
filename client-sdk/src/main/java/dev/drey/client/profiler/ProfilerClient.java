package dev.drey.client.profiler;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.ResourceId;
import dev.drey.model.profiler.ProfilingInfoList;
import java.util.concurrent.CompletableFuture;

/**
 * Profiles of the cluster's processes (Flink 1.19 and later). A cluster whose {@code
 * rest.profiling.enabled} is not set has none: 404. {@link Transport} says how the futures fail,
 * what cancelling them does and where their callbacks run.
 */
public final class ProfilerClient {
    private final Transport transport;

    /** Made by the client. */
    public ProfilerClient(Transport transport) {
        this.transport = requireNonNull(transport, "transport is null");
    }

    /** The profiles of the JobManager, running ones included. */
    public CompletableFuture<ProfilingInfoList> ofJobManager() {
        return transport.send(Request.get("/jobmanager/profiler"), ProfilingInfoList.class);
    }

    /** The profiles of a task manager, running ones included. Unknown task manager: 404. */
    public CompletableFuture<ProfilingInfoList> ofTaskManager(ResourceId taskManager) {
        return transport.send(
                Request.get("/taskmanagers/:taskmanagerid/profiler", taskManager.value()),
                ProfilingInfoList.class);
    }
}
