package dev.drey.server.profiler;

import dev.drey.server.Source;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.rest.messages.ProfilingInfo;

/** The profiles of one task manager. */
record ProfilesOfTaskManager(ResourceID resourceId)
        implements Source.OfResourceManager<Collection<ProfilingInfo>> {

    @Override
    public CompletableFuture<Collection<ProfilingInfo>> ask(
            ResourceManagerGateway resourceManager, Duration timeout) {
        return resourceManager.requestTaskManagerProfilingList(resourceId, timeout);
    }

    @Override
    public String description() {
        return "the profiles of task manager " + resourceId;
    }
}
