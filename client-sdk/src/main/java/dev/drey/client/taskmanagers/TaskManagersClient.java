package dev.drey.client.taskmanagers;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Download;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.ResourceId;
import dev.drey.model.processes.LogListInfo;
import dev.drey.model.processes.ThreadDumpInfo;
import dev.drey.model.taskmanagers.TaskManagerDetailsInfo;
import dev.drey.model.taskmanagers.TaskManagersInfo;
import java.util.concurrent.CompletableFuture;

/**
 * Task managers. {@link Transport} says how the futures fail, what cancelling them does and where
 * their callbacks run.
 */
public final class TaskManagersClient {
    private final Transport transport;

    /** Made by the client. */
    public TaskManagersClient(Transport transport) {
        this.transport = requireNonNull(transport, "transport is null");
    }

    /** The registered task managers. */
    public CompletableFuture<TaskManagersInfo> list() {
        return transport.send(Request.get("/taskmanagers"), TaskManagersInfo.class);
    }

    /**
     * The task manager, its slots in use and its memory. Unknown task manager: 404, of stock Flink
     * 500.
     */
    public CompletableFuture<TaskManagerDetailsInfo> details(ResourceId taskManager) {
        return transport.send(
                Request.get("/taskmanagers/:taskmanagerid", taskManager.value()),
                TaskManagerDetailsInfo.class);
    }

    /** The files in the log folder of a task manager. Unknown task manager: 404. */
    public CompletableFuture<LogListInfo> logs(ResourceId taskManager) {
        return transport.send(
                Request.get("/taskmanagers/:taskmanagerid/logs", taskManager.value()),
                LogListInfo.class);
    }

    /**
     * The log of a task manager. The future completes when it begins to come, which is after the
     * cluster has fetched it: the client's request timeout must leave it the time. Unknown task
     * manager: 404. No log: 404, of stock Flink 500.
     */
    public CompletableFuture<Download> log(ResourceId taskManager) {
        return transport.download(
                Request.get("/taskmanagers/:taskmanagerid/log", taskManager.value()));
    }

    /**
     * A file of the log folder of a task manager, as {@link #logs} names it. Else as {@link
     * #log(ResourceId)}.
     */
    public CompletableFuture<Download> log(ResourceId taskManager, String name) {
        return transport.download(
                Request.get(
                        "/taskmanagers/:taskmanagerid/logs/:filename", taskManager.value(), name));
    }

    /** What a task manager has printed. Else as {@link #log(ResourceId)}. */
    public CompletableFuture<Download> stdout(ResourceId taskManager) {
        return transport.download(
                Request.get("/taskmanagers/:taskmanagerid/stdout", taskManager.value()));
    }

    /**
     * What the threads of a task manager are doing. Unknown task manager: 404, of stock Flink 500.
     */
    public CompletableFuture<ThreadDumpInfo> threadDump(ResourceId taskManager) {
        return transport.send(
                Request.get("/taskmanagers/:taskmanagerid/thread-dump", taskManager.value()),
                ThreadDumpInfo.class);
    }
}
