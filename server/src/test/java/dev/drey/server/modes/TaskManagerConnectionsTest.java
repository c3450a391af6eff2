package dev.drey.server.modes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.clusterframework.types.ResourceProfile;
import org.apache.flink.runtime.instance.HardwareDescription;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.resourcemanager.TaskManagerInfoWithSlots;
import org.apache.flink.runtime.resourcemanager.utils.TestingResourceManagerGateway;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;
import org.apache.flink.runtime.rpc.TestingRpcService;
import org.apache.flink.runtime.taskexecutor.TaskExecutorGateway;
import org.apache.flink.runtime.taskexecutor.TaskExecutorMemoryConfiguration;
import org.apache.flink.runtime.taskexecutor.TestingTaskExecutorGatewayBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TaskManagerConnectionsTest {

    private static final Duration GUARD = Duration.ofSeconds(30);
    private static final ResourceID TASK_MANAGER = new ResourceID("tm-1");
    private static final String ADDRESS = "pekko.tcp://flink@127.0.0.1:1/user/rpc/taskmanager_0";
    private static final TestingRpcService RPC = new TestingRpcService();

    @AfterAll
    static void stop() {
        RPC.closeAsync().join();
    }

    @Test
    void aTaskManagerIsConnectedToWhereTheLeaderSaysItIs() {
        TaskExecutorGateway reached =
                new TestingTaskExecutorGatewayBuilder()
                        .setAddress(ADDRESS)
                        .createTestingTaskExecutorGateway();
        RPC.registerGateway(ADDRESS, reached);
        TestingResourceManagerGateway leader = new TestingResourceManagerGateway();
        leader.setRequestTaskManagerDetailsInfoFunction(
                id -> CompletableFuture.completedFuture(details(id)));

        assertThat(
                        new TaskManagerConnections(
                                        () -> CompletableFuture.completedFuture(leader), RPC)
                                .getFuture()
                                .thenCompose(
                                        manager ->
                                                manager.requestTaskExecutorThreadInfoGateway(
                                                        TASK_MANAGER, GUARD)))
                .succeedsWithin(GUARD)
                .isSameAs(reached);
    }

    /** Who waited for a leader would not learn of the next one, which has another gateway. */
    @Test
    void aLeaderThatIsNotThereIsNotWaitedFor() {
        CompletableFuture<ResourceManagerGateway> nobody = new CompletableFuture<>();

        assertThat(new TaskManagerConnections(() -> nobody, RPC).getFuture())
                .isCompletedExceptionally();
    }

    private static TaskManagerInfoWithSlots details(ResourceID id) {
        return new TaskManagerInfoWithSlots(
                new TaskManagerInfo(
                        id,
                        ADDRESS,
                        40_001,
                        -1,
                        1_700_000_000_000L,
                        1,
                        1,
                        0,
                        ResourceProfile.ZERO,
                        ResourceProfile.ZERO,
                        new HardwareDescription(1, 1, 1, 1),
                        new TaskExecutorMemoryConfiguration(
                                1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L),
                        false),
                List.of());
    }
}
