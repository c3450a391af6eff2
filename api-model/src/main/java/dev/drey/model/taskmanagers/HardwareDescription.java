package dev.drey.model.taskmanagers;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The machine of a task manager.
 *
 * @param numberOfCpuCores cores the JVM sees
 * @param sizeOfPhysicalMemory bytes
 * @param sizeOfJvmHeap maximum heap in bytes; the wire calls it free memory
 * @param sizeOfManagedMemory bytes
 */
public record HardwareDescription(
        @JsonProperty("cpuCores") int numberOfCpuCores,
        @JsonProperty("physicalMemory") long sizeOfPhysicalMemory,
        @JsonProperty("freeMemory") long sizeOfJvmHeap,
        @JsonProperty("managedMemory") long sizeOfManagedMemory) {}
