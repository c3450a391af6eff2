package dev.drey.server.taskmanagers;

import dev.drey.model.taskmanagers.SlotInfo;
import dev.drey.model.taskmanagers.TaskManagerDetailsInfo;
import dev.drey.model.taskmanagers.TaskManagerMetricsInfo;
import dev.drey.model.taskmanagers.TaskManagerMetricsInfo.GarbageCollectorInfo;
import dev.drey.server.Ids;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.resourcemanager.TaskManagerInfoWithSlots;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore.TaskManagerMetricStore;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;

final class TaskManagerDetailsConverter {

    private static final String NOT_TOLD = "0";

    static TaskManagerDetailsInfo details(TaskManagerInfoWithSlots taskManager, MetricStore store) {
        TaskManagerInfo info = taskManager.getTaskManagerInfo();
        return new TaskManagerDetailsInfo(
                TaskManagersConverter.info(info),
                taskManager.getAllocatedSlots().stream()
                        .map(TaskManagerDetailsConverter::slot)
                        .toList(),
                metrics(
                        store.getTaskManagerMetricStore(
                                info.getResourceId().getResourceIdString())));
    }

    private static SlotInfo slot(org.apache.flink.runtime.rest.messages.taskmanager.SlotInfo slot) {
        return new SlotInfo(
                Ids.of(slot.getJobId()),
                TaskManagersConverter.resources(slot.getResource()),
                slot.getAssignedTasks());
    }

    private static TaskManagerMetricsInfo metrics(TaskManagerMetricStore metrics) {
        return new TaskManagerMetricsInfo(
                figure(metrics, "Status.JVM.Memory.Heap.Used"),
                figure(metrics, "Status.JVM.Memory.Heap.Committed"),
                figure(metrics, "Status.JVM.Memory.Heap.Max"),
                figure(metrics, "Status.JVM.Memory.NonHeap.Used"),
                figure(metrics, "Status.JVM.Memory.NonHeap.Committed"),
                figure(metrics, "Status.JVM.Memory.NonHeap.Max"),
                figure(metrics, "Status.JVM.Memory.Direct.Count"),
                figure(metrics, "Status.JVM.Memory.Direct.MemoryUsed"),
                figure(metrics, "Status.JVM.Memory.Direct.TotalCapacity"),
                figure(metrics, "Status.JVM.Memory.Mapped.Count"),
                figure(metrics, "Status.JVM.Memory.Mapped.MemoryUsed"),
                figure(metrics, "Status.JVM.Memory.Mapped.TotalCapacity"),
                figure(metrics, "Status.Shuffle.Netty.AvailableMemorySegments"),
                figure(metrics, "Status.Shuffle.Netty.UsedMemorySegments"),
                figure(metrics, "Status.Shuffle.Netty.TotalMemorySegments"),
                figure(metrics, "Status.Shuffle.Netty.AvailableMemory"),
                figure(metrics, "Status.Shuffle.Netty.UsedMemory"),
                figure(metrics, "Status.Shuffle.Netty.TotalMemory"),
                metrics == null ? List.of() : garbageCollectors(metrics));
    }

    private static long figure(TaskManagerMetricStore metrics, String name) {
        return Long.parseLong(metrics == null ? NOT_TOLD : metrics.getMetric(name, NOT_TOLD));
    }

    private static List<GarbageCollectorInfo> garbageCollectors(TaskManagerMetricStore metrics) {
        return metrics.garbageCollectorNames.stream()
                .flatMap(name -> garbageCollector(metrics, name))
                .toList();
    }

    /** None until both of its figures were told. */
    private static Stream<GarbageCollectorInfo> garbageCollector(
            TaskManagerMetricStore metrics, String name) {
        String prefix = "Status.JVM.GarbageCollector." + name;
        String count = metrics.getMetric(prefix + ".Count", null);
        String time = metrics.getMetric(prefix + ".Time", null);
        return count == null || time == null
                ? Stream.empty()
                : Stream.of(
                        new GarbageCollectorInfo(
                                name, Long.parseLong(count), Long.parseLong(time)));
    }

    private TaskManagerDetailsConverter() {}
}
