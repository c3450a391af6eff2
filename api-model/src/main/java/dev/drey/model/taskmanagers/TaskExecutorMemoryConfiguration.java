package dev.drey.model.taskmanagers;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a task manager's memory is divided, in bytes, from its {@code taskmanager.memory.*} options.
 * A part that is not configured is {@code null}.
 */
public record TaskExecutorMemoryConfiguration(
        @JsonProperty("frameworkHeap") Long frameworkHeap,
        @JsonProperty("taskHeap") Long taskHeap,
        @JsonProperty("frameworkOffHeap") Long frameworkOffHeap,
        @JsonProperty("taskOffHeap") Long taskOffHeap,
        @JsonProperty("networkMemory") Long networkMemory,
        @JsonProperty("managedMemory") Long managedMemory,
        @JsonProperty("jvmMetaspace") Long jvmMetaspace,
        @JsonProperty("jvmOverhead") Long jvmOverhead,
        @JsonProperty("totalFlinkMemory") Long totalFlinkMemory,
        @JsonProperty("totalProcessMemory") Long totalProcessMemory) {}
