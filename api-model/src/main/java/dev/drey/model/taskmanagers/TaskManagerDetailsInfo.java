package dev.drey.model.taskmanagers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * One task manager in full.
 *
 * @param taskManager what lists of task managers tell too
 * @param allocatedSlots its slots that are in use
 * @param metrics what it last told of its memory
 */
public record TaskManagerDetailsInfo(
        @JsonUnwrapped TaskManagerInfo taskManager,
        @JsonProperty("allocatedSlots") List<SlotInfo> allocatedSlots,
        @JsonProperty("metrics") TaskManagerMetricsInfo metrics) {}
