package dev.drey.client.profiler;

import static java.util.Objects.requireNonNull;

import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.OperationToken;
import dev.drey.client.async.Operations;
import dev.drey.client.transport.Download;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.ResourceId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.OperationKind;
import dev.drey.model.profiler.ProfilingInfo;
import dev.drey.model.profiler.ProfilingInfoList;
import dev.drey.model.profiler.ProfilingRequestBody;
import java.util.concurrent.CompletableFuture;

/**
 * Profiles of the cluster's processes (Flink 1.19 and later). A cluster whose {@code
 * rest.profiling.enabled} is not set has none: 404. {@link Transport} says how the futures fail,
 * what cancelling them does and where their callbacks run; {@link OperationFuture} says how a
 * profile that is being taken is followed.
 */
public final class ProfilerClient {
    private final Transport transport;
    private final Operations operations;

    /** Made by the client. */
    public ProfilerClient(Transport transport, Operations operations) {
        this.transport = requireNonNull(transport, "transport is null");
        this.operations = requireNonNull(operations, "operations is null");
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
     * Takes a profile of the JobManager. The operation ends with the profile, whose {@link
     * ProfilingInfo#outputFile() file} can be had then, or fails with what the JobManager says of
     * it. What the cluster knows it by is the time of its beginning, which {@link
     * OperationFuture#acknowledged()} tells as an id.
     *
     * <p>A duration or a mode that makes no sense: 400 (stock Flink: 500 for a duration). A profile
     * that is being taken already: 409 (stock Flink: 500).
     */
    public OperationFuture<ProfilingInfo> profileJobManager(ProfilingRequestBody profile) {
        return profile(null, Request.post("/jobmanager/profiler"), profile);
    }

    /**
     * Takes a profile of a task manager, as {@link #profileJobManager} does of the JobManager.
     * Unknown task manager: 404.
     */
    public OperationFuture<ProfilingInfo> profileTaskManager(
            ResourceId taskManager, ProfilingRequestBody profile) {
        return profile(
                taskManager.value(),
                Request.post("/taskmanagers/:taskmanagerid/profiler", taskManager.value()),
                profile);
    }

    private OperationFuture<ProfilingInfo> profile(
            String taskManager, Request request, ProfilingRequestBody profile) {
        return operations.byKey(
                OperationToken.of(OperationKind.PROFILING, TriggerId.random(), taskManager),
                request.withJson(profile),
                ProfilingInfo.class,
                ProfileQuestion::id,
                this::question);
    }

    /**
     * Begins a profile of the JobManager, and does not follow it: the future completes as soon as
     * it is being taken, or has failed to begin, as {@link ProfilingInfo#status()} tells. Refused
     * as {@link #profileJobManager} is.
     */
    public CompletableFuture<ProfilingInfo> beginProfileOfJobManager(ProfilingRequestBody profile) {
        return operations.once(
                Request.post("/jobmanager/profiler").withJson(profile),
                ProfilingInfo.class,
                "the profile of the JobManager");
    }

    /**
     * Begins a profile of a task manager, as {@link #beginProfileOfJobManager} does of the
     * JobManager. Unknown task manager: 404.
     */
    public CompletableFuture<ProfilingInfo> beginProfileOfTaskManager(
            ResourceId taskManager, ProfilingRequestBody profile) {
        return operations.once(
                Request.post("/taskmanagers/:taskmanagerid/profiler", taskManager.value())
                        .withJson(profile),
                ProfilingInfo.class,
                "the profile of task manager " + taskManager);
    }

    /**
     * Goes on with a profile.
     *
     * @throws IllegalArgumentException if {@code token} is of another operation
     */
    public OperationFuture<ProfilingInfo> resume(OperationToken token) {
        return operations.resume(token.requireKind(OperationKind.PROFILING), this::question);
    }

    private ProfileQuestion question(OperationToken token) {
        return new ProfileQuestion(
                token.id(),
                () ->
                        token.target()
                                .map(taskManager -> ofTaskManager(new ResourceId(taskManager)))
                                .orElseGet(this::ofJobManager));
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
