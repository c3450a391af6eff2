package dev.drey.server.taskmanagers;

import dev.drey.server.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.resourcemanager.TaskManagerInfoWithSlots;

/** One task manager and its slots. */
record OneTaskManager(ResourceID resourceId)
        implements Source.OfResourceManager<TaskManagerInfoWithSlots> {

    @Override
    public CompletableFuture<TaskManagerInfoWithSlots> ask(
            ResourceManagerGateway resourceManager, Duration timeout) {
        return resourceManager.requestTaskManagerDetailsInfo(resourceId, timeout);
    }

    @Override
    public String description() {
        return "task manager " + resourceId;
    }
}
