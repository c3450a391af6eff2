package dev.drey.server.processes;

import dev.drey.server.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.rest.messages.ThreadDumpInfo;

/** The threads of a task manager. */
record ThreadsOfTaskManager(ResourceID resourceId)
        implements Source.OfResourceManager<ThreadDumpInfo> {

    @Override
    public CompletableFuture<ThreadDumpInfo> ask(
            ResourceManagerGateway resourceManager, Duration timeout) {
        return resourceManager.requestThreadDump(resourceId, timeout);
    }

    @Override
    public String description() {
        return "the threads of task manager " + resourceId;
    }
}
