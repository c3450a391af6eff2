package org.apache.flink.runtime.entrypoint.component;

import org.apache.flink.runtime.dispatcher.DispatcherOperationCaches;
import org.apache.flink.runtime.dispatcher.runner.DispatcherRunner;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;
import org.apache.flink.runtime.resourcemanager.ResourceManagerService;
import org.apache.flink.runtime.rest.RestService;
import org.apache.flink.runtime.rpc.FatalErrorHandler;

/** Reaches the package-private constructor of {@link DispatcherResourceManagerComponent}. */
public final class ComponentBridge {

    public static DispatcherResourceManagerComponent component(
            DispatcherRunner dispatcherRunner,
            ResourceManagerService resourceManagerService,
            LeaderRetrievalService dispatcherRetrieval,
            LeaderRetrievalService resourceManagerRetrieval,
            RestService restService,
            FatalErrorHandler fatalErrorHandler,
            DispatcherOperationCaches operationCaches) {
        return new DispatcherResourceManagerComponent(
                dispatcherRunner,
                resourceManagerService,
                dispatcherRetrieval,
                resourceManagerRetrieval,
                restService,
                fatalErrorHandler,
                operationCaches);
    }

    private ComponentBridge() {}
}
