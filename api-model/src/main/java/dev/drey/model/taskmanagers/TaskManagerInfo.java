package dev.drey.model.taskmanagers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.Millis;
import dev.drey.model.ResourceId;
import java.time.Instant;
import java.util.Optional;

/**
 * One task manager.
 *
 * @param resourceId the task manager
 * @param address its RPC address
 * @param dataPort port that other task managers read its results from
 * @param jmxPort JMX port, {@code -1} without one
 * @param lastHeartbeat when it last reported; despite the name on the wire a time, no duration
 * @param numberSlots its slots
 * @param numberAvailableSlots its free slots
 * @param assignedTasks tasks it runs; {@code null} before Flink 2.3
 * @param totalResource resources of all its slots
 * @param freeResource resources of its free slots
 * @param hardwareDescription the machine it runs on
 * @param memoryConfiguration how its memory is divided
 * @param blocked {@code true} if the cluster places no work on it; {@code null} otherwise
 */
public record TaskManagerInfo(
        @JsonProperty("id") ResourceId resourceId,
        @JsonProperty("path") String address,
        @JsonProperty("dataPort") int dataPort,
        @JsonProperty("jmxPort") int jmxPort,
        @JsonProperty("timeSinceLastHeartbeat") long lastHeartbeat,
        @JsonProperty("slotsNumber") int numberSlots,
        @JsonProperty("freeSlots") int numberAvailableSlots,
        @JsonProperty("assignedTasks") Integer assignedTasks,
        @JsonProperty("totalResource") ResourceProfileInfo totalResource,
        @JsonProperty("freeResource") ResourceProfileInfo freeResource,
        @JsonProperty("hardware") HardwareDescription hardwareDescription,
        @JsonProperty("memoryConfiguration") TaskExecutorMemoryConfiguration memoryConfiguration,
        @JsonProperty("blocked") @JsonInclude(JsonInclude.Include.NON_NULL) Boolean blocked) {
    /** When the task manager last reported. */
    public Optional<Instant> lastHeardAt() {
        return Millis.instant(lastHeartbeat);
    }
}
