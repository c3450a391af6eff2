package dev.drey.server.taskmanagers;

import static dev.drey.server.taskmanagers.TaskManagersConverterTest.CONFIGURED;
import static dev.drey.server.taskmanagers.TaskManagersConverterTest.RESOURCES;
import static dev.drey.server.taskmanagers.TaskManagersConverterTest.info;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.metrics.dump.MetricDump;
import org.apache.flink.runtime.metrics.dump.QueryScopeInfo;
import org.apache.flink.runtime.resourcemanager.TaskManagerInfoWithSlots;
import org.apache.flink.runtime.resourcemanager.utils.TestingResourceManagerGateway;
import org.apache.flink.runtime.rest.handler.HandlerRequest;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcher;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.rest.handler.taskmanager.TaskManagerDetailsHandler;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.taskmanager.SlotInfo;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerDetailsHeaders;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerMessageParameters;
import org.junit.jupiter.api.Test;

class TaskManagerDetailsConverterTest {

    private static final String ID = "tm:1";
    private static final SlotInfo SLOT = new SlotInfo(new JobID(1, 2), RESOURCES, 5);
    private static final List<String> FIGURES =
            List.of(
                    "JVM.Memory.Heap.Used",
                    "JVM.Memory.Heap.Committed",
                    "JVM.Memory.Heap.Max",
                    "JVM.Memory.NonHeap.Used",
                    "JVM.Memory.NonHeap.Committed",
                    "JVM.Memory.NonHeap.Max",
                    "JVM.Memory.Direct.Count",
                    "JVM.Memory.Direct.MemoryUsed",
                    "JVM.Memory.Direct.TotalCapacity",
                    "JVM.Memory.Mapped.Count",
                    "JVM.Memory.Mapped.MemoryUsed",
                    "JVM.Memory.Mapped.TotalCapacity",
                    "Shuffle.Netty.AvailableMemorySegments",
                    "Shuffle.Netty.UsedMemorySegments",
                    "Shuffle.Netty.TotalMemorySegments",
                    "Shuffle.Netty.AvailableMemory",
                    "Shuffle.Netty.UsedMemory",
                    "Shuffle.Netty.TotalMemory");

    private final MetricStore store = new MetricStore();

    @Test
    void aTaskManagerThatHasToldNothingHasNoFigures() {
        JsonNode answer = assertSameAsFlink(false);

        assertThat(answer.get("allocatedSlots")).isEmpty();
        assertThat(answer.get("metrics").get("heapUsed").longValue()).isZero();
        assertThat(answer.get("metrics").get("garbageCollectors")).isEmpty();
    }

    @Test
    void whatATaskManagerToldIsShown() {
        for (int i = 0; i < FIGURES.size(); i++) {
            report(FIGURES.get(i), (i + 1L) << 40);
        }

        JsonNode metrics = assertSameAsFlink(false, SLOT, SLOT).get("metrics");

        assertThat(metrics.get("heapUsed").longValue()).isEqualTo(1L << 40);
        assertThat(metrics.get("nettyShuffleMemoryTotal").longValue()).isEqualTo(18L << 40);
    }

    @Test
    void whatItHasNotToldYetIsZero() {
        report("JVM.Memory.Heap.Used", 7);

        assertThat(assertSameAsFlink(false, SLOT).get("metrics").get("heapMax").longValue())
                .isZero();
    }

    @Test
    void garbageCollectorsAreShownOnceBothFiguresAreThere() {
        report("JVM.GarbageCollector.G1_Young_Generation.Count", 3);
        report("JVM.GarbageCollector.G1_Young_Generation.Time", 40);
        report("JVM.GarbageCollector.All.Count", 4);

        assertThat(assertSameAsFlink(false).get("metrics").get("garbageCollectors"))
                .isEqualTo(
                        JsonTrees.of(
                                "[{\"name\":\"G1_Young_Generation\",\"count\":3,\"time\":40}]"));
    }

    @Test
    void aBlockedTaskManagerSaysSo() {
        assertThat(assertSameAsFlink(true).get("blocked").booleanValue()).isTrue();
    }

    private void report(String name, long value) {
        store.add(
                new MetricDump.GaugeDump(
                        new QueryScopeInfo.TaskManagerQueryScopeInfo(ID, "Status"),
                        name,
                        Long.toString(value)));
    }

    /** The answer is compared as text: the order of its fields counts. */
    private JsonNode assertSameAsFlink(boolean blocked, SlotInfo... slots) {
        TaskManagerInfoWithSlots taskManager =
                new TaskManagerInfoWithSlots(
                        info(ID, RESOURCES, CONFIGURED, blocked), List.of(slots));
        JsonNode ours = JsonTrees.ofDrey(TaskManagerDetailsConverter.details(taskManager, store));
        assertThat(ours.toString()).isEqualTo(new Oracle(store).answer(taskManager).toString());
        return ours;
    }

    /** Flink's own handler. */
    private static final class Oracle extends TaskManagerDetailsHandler {

        Oracle(MetricStore store) {
            super(
                    CompletableFuture::new,
                    Duration.ofSeconds(1),
                    Map.of(),
                    TaskManagerDetailsHeaders.getInstance(),
                    CompletableFuture::new,
                    new MetricFetcher() {
                        @Override
                        public MetricStore getMetricStore() {
                            return store;
                        }

                        @Override
                        public void update() {}

                        @Override
                        public long getLastUpdateTime() {
                            return 0;
                        }
                    });
        }

        JsonNode answer(TaskManagerInfoWithSlots taskManager) {
            TestingResourceManagerGateway gateway = new TestingResourceManagerGateway();
            gateway.setRequestTaskManagerDetailsInfoFunction(
                    id -> CompletableFuture.completedFuture(taskManager));
            try {
                return JsonTrees.ofFlink(
                        handleRequest(
                                        HandlerRequest.resolveParametersAndCreate(
                                                EmptyRequestBody.getInstance(),
                                                new TaskManagerMessageParameters(),
                                                Map.of("taskmanagerid", ID),
                                                Map.of(),
                                                List.of()),
                                        gateway)
                                .join());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
