package dev.drey.server.modes;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.rpc.RpcService;
import org.apache.flink.runtime.taskexecutor.TaskExecutorGateway;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;

/**
 * The resource manager as those see it who look at the threads of tasks. The gateways to task
 * managers that it hands out are of no use in another process than its own, so this makes
 * connections from here.
 */
final class TaskManagerConnections implements GatewayRetriever<ResourceManagerGateway> {

    private static final String ASKED_FOR = "requestTaskExecutorThreadInfoGateway";

    private final GatewayRetriever<ResourceManagerGateway> resourceManager;
    private final RpcService rpcService;

    TaskManagerConnections(
            GatewayRetriever<ResourceManagerGateway> resourceManager, RpcService rpcService) {
        this.resourceManager = requireNonNull(resourceManager, "resourceManager is null");
        this.rpcService = requireNonNull(rpcService, "rpcService is null");
    }

    /** Never pending: a leader that comes later has another gateway. */
    @Override
    public CompletableFuture<ResourceManagerGateway> getFuture() {
        CompletableFuture<ResourceManagerGateway> leader = resourceManager.getFuture();
        return leader.isDone()
                ? leader.thenApply(this::connecting)
                : CompletableFuture.failedFuture(
                        new IllegalStateException("No leading resource manager is known"));
    }

    private ResourceManagerGateway connecting(ResourceManagerGateway leader) {
        return (ResourceManagerGateway)
                Proxy.newProxyInstance(
                        ResourceManagerGateway.class.getClassLoader(),
                        new Class<?>[] {ResourceManagerGateway.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals(ASKED_FOR)) {
                                return connect(
                                        leader, (ResourceID) arguments[0], (Duration) arguments[1]);
                            }
                            throw new UnsupportedOperationException(method.toString());
                        });
    }

    private CompletableFuture<TaskExecutorGateway> connect(
            ResourceManagerGateway leader, ResourceID taskManager, Duration timeout) {
        return leader.requestTaskManagerDetailsInfo(taskManager, timeout)
                .thenCompose(
                        details ->
                                rpcService.connect(
                                        details.getTaskManagerInfo().getAddress(),
                                        TaskExecutorGateway.class));
    }
}
