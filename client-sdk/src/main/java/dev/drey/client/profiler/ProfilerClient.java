package dev.drey.client.profiler;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Download;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.ResourceId;
import dev.drey.model.profiler.ProfilingInfo;
import dev.drey.model.profiler.ProfilingInfoList;
import dev.drey.model.profiler.ProfilingRequestBody;
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

    /**
     * Begins a profile of the JobManager. The future completes as soon as it is being taken, or has
     * failed to begin: {@link ProfilingInfo#status()} and {@link ProfilingInfo#message()} tell.
     * {@link #ofJobManager()} shows its file when it has ended.
     *
     * <p>A duration or a mode that makes no sense: 400 (stock Flink: 500 for a duration). A profile
     * that is being taken already: 409 (stock Flink: 500).
     */
    public CompletableFuture<ProfilingInfo> profileJobManager(ProfilingRequestBody profile) {
        return transport.send(
                Request.post("/jobmanager/profiler").withJson(profile), ProfilingInfo.class);
    }

    /**
     * Begins a profile of a task manager, as {@link #profileJobManager} does of the JobManager.
     * Unknown task manager: 404.
     */
    public CompletableFuture<ProfilingInfo> profileTaskManager(
            ResourceId taskManager, ProfilingRequestBody profile) {
        return transport.send(
                Request.post("/taskmanagers/:taskmanagerid/profiler", taskManager.value())
                        .withJson(profile),
                ProfilingInfo.class);
    }

    /**
     * A profile of the JobManager, as a web page.
     *
     * @param name as {@link ProfilingInfo#outputFile()} tells it
     * @return completes when it begins to come. Unknown file: 404
     */
    public CompletableFuture<Download> fileOfJobManager(String name) {
        return transport.download(Request.get("/jobmanager/profiler/:filename", name));
    }

    /**
     * A profile of a task manager, as a web page.
     *
     * @param name as {@link ProfilingInfo#outputFile()} tells it
     * @return completes when it begins to come. Unknown task manager or file: 404
     */
    public CompletableFuture<Download> fileOfTaskManager(ResourceId taskManager, String name) {
        return transport.download(
                Request.get(
                        "/taskmanagers/:taskmanagerid/profiler/:filename",
                        taskManager.value(),
                        name));
    }
}
