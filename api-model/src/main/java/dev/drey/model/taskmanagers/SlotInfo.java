package dev.drey.model.taskmanagers;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobId;

/**
 * A slot in use.
 *
 * @param jobId the job that has it
 * @param resource its resources
 * @param assignedTasks tasks that run in it; {@code null} before Flink 2.3
 */
public record SlotInfo(
        @JsonProperty("jobId") JobId jobId,
        @JsonProperty("resource") ResourceProfileInfo resource,
        @JsonProperty("assignedTasks") Integer assignedTasks) {}
