package dev.drey.server.processes;

import dev.drey.server.Source;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.rest.messages.LogInfo;

/** The files in the log folder of a task manager. */
record LogsOfTaskManager(ResourceID resourceId)
        implements Source.OfResourceManager<Collection<LogInfo>> {

    @Override
    public CompletableFuture<Collection<LogInfo>> ask(
            ResourceManagerGateway resourceManager, Duration timeout) {
        return resourceManager.requestTaskManagerLogList(resourceId, timeout);
    }

    @Override
    public String description() {
        return "the logs of task manager " + resourceId;
    }
}
