package dev.drey.server.taskmanagers;

import dev.drey.model.taskmanagers.HardwareDescription;
import dev.drey.model.taskmanagers.ResourceProfileInfo;
import dev.drey.model.taskmanagers.TaskExecutorMemoryConfiguration;
import dev.drey.model.taskmanagers.TaskManagerInfo;
import dev.drey.model.taskmanagers.TaskManagersInfo;
import dev.drey.server.Ids;
import java.util.Collection;

final class TaskManagersConverter {

    static TaskManagersInfo list(
            Collection<org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo> infos) {
        return new TaskManagersInfo(infos.stream().map(TaskManagersConverter::info).toList());
    }

    static TaskManagerInfo info(
            org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo info) {
        return new TaskManagerInfo(
                Ids.of(info.getResourceId()),
                info.getAddress(),
                info.getDataPort(),
                info.getJmxPort(),
                info.getLastHeartbeat(),
                info.getNumberSlots(),
                info.getNumberAvailableSlots(),
                info.getAssignedTasks(),
                resources(info.getTotalResource()),
                resources(info.getFreeResource()),
                hardware(info.getHardwareDescription()),
                memory(info.getMemoryConfiguration()),
                info.getBlocked() ? Boolean.TRUE : null);
    }

    static ResourceProfileInfo resources(
            org.apache.flink.runtime.rest.messages.ResourceProfileInfo profile) {
        return new ResourceProfileInfo(
                profile.getCpu(),
                profile.getTaskHeapMB(),
                profile.getTaskOffHeapMB(),
                profile.getManagedMB(),
                profile.getNetworkMB(),
                profile.getExtendedResources());
    }

    private static HardwareDescription hardware(
            org.apache.flink.runtime.instance.HardwareDescription hardware) {
        return new HardwareDescription(
                hardware.getNumberOfCPUCores(),
                hardware.getSizeOfPhysicalMemory(),
                hardware.getSizeOfJvmHeap(),
                hardware.getSizeOfManagedMemory());
    }

    private static TaskExecutorMemoryConfiguration memory(
            org.apache.flink.runtime.taskexecutor.TaskExecutorMemoryConfiguration memory) {
        return new TaskExecutorMemoryConfiguration(
                memory.getFrameworkHeap(),
                memory.getTaskHeap(),
                memory.getFrameworkOffHeap(),
                memory.getTaskOffHeap(),
                memory.getNetworkMemory(),
                memory.getManagedMemoryTotal(),
                memory.getJvmMetaspace(),
                memory.getJvmOverhead(),
                memory.getTotalFlinkMemory(),
                memory.getTotalProcessMemory());
    }

    private TaskManagersConverter() {}
}
