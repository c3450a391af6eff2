package dev.drey.model.taskmanagers;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * An amount of resources.
 *
 * @param cpuCores CPU cores
 * @param taskHeapMemory mebibytes of heap for user code
 * @param taskOffHeapMemory mebibytes of off-heap memory for user code
 * @param managedMemory mebibytes of memory that Flink manages
 * @param networkMemory mebibytes of network buffers
 * @param extendedResources further resources by name, such as GPUs
 */
public record ResourceProfileInfo(
        @JsonProperty("cpuCores") double cpuCores,
        @JsonProperty("taskHeapMemory") int taskHeapMemory,
        @JsonProperty("taskOffHeapMemory") int taskOffHeapMemory,
        @JsonProperty("managedMemory") int managedMemory,
        @JsonProperty("networkMemory") int networkMemory,
        @JsonProperty("extendedResources") Map<String, Double> extendedResources) {}
