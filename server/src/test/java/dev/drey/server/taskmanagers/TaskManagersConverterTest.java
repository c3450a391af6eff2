package dev.drey.server.taskmanagers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.clusterframework.types.ResourceProfile;
import org.apache.flink.runtime.instance.HardwareDescription;
import org.apache.flink.runtime.rest.messages.ResourceProfileInfo;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagersInfo;
import org.apache.flink.runtime.taskexecutor.TaskExecutorMemoryConfiguration;
import org.junit.jupiter.api.Test;

class TaskManagersConverterTest {

    static final TaskExecutorMemoryConfiguration CONFIGURED =
            new TaskExecutorMemoryConfiguration(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    private static final TaskExecutorMemoryConfiguration NOT_CONFIGURED =
            new TaskExecutorMemoryConfiguration(
                    null, null, null, null, null, null, null, null, null, null);
    static final ResourceProfileInfo RESOURCES =
            new ResourceProfileInfo(2.0, 100, 200, 300, 400, Map.of("gpu", 1.5));

    @Test
    void aClusterWithoutTaskManagersHasAnEmptyList() {
        assertSameAsFlink();
    }

    @Test
    void aTaskManagerIsShown() {
        assertSameAsFlink(info("tm:1", RESOURCES, CONFIGURED, false));
    }

    @Test
    void onlyABlockedTaskManagerSaysWhetherItIs() {
        JsonNode answer =
                assertSameAsFlink(
                        info("tm:1", RESOURCES, CONFIGURED, true),
                        info("tm:2", RESOURCES, CONFIGURED, false));

        assertThat(answer.get("taskmanagers").get(0).get("blocked").booleanValue()).isTrue();
        assertThat(answer.get("taskmanagers").get(1).has("blocked")).isFalse();
    }

    @Test
    void memoryThatIsNotConfiguredIsNull() {
        assertSameAsFlink(info("tm:1", RESOURCES, NOT_CONFIGURED, false));
    }

    @Test
    void unusualProfilesAreShown() {
        for (ResourceProfile profile :
                List.of(ResourceProfile.ZERO, ResourceProfile.ANY, ResourceProfile.UNKNOWN)) {
            assertSameAsFlink(
                    info(
                            "tm:1",
                            ResourceProfileInfo.fromResourceProfile(profile),
                            CONFIGURED,
                            false));
        }
    }

    static TaskManagerInfo info(
            String id,
            ResourceProfileInfo resources,
            TaskExecutorMemoryConfiguration memory,
            boolean blocked) {
        return new TaskManagerInfo(
                new ResourceID(id),
                "pekko.tcp://flink@127.0.0.1:1/user/rpc/taskmanager_0",
                40_001,
                -1,
                1_700_000_000_000L,
                4,
                3,
                17,
                resources,
                resources,
                new HardwareDescription(8, 1L << 40, 1L << 30, 1L << 29),
                memory,
                blocked);
    }

    /** The answer is compared as text: the order of its fields counts. */
    private static JsonNode assertSameAsFlink(TaskManagerInfo... infos) {
        JsonNode ours = JsonTrees.ofDrey(TaskManagersConverter.list(List.of(infos)));
        assertThat(ours.toString())
                .isEqualTo(JsonTrees.ofFlink(new TaskManagersInfo(List.of(infos))).toString());
        return ours;
    }
}
