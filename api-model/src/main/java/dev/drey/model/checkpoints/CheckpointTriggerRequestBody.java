package dev.drey.model.checkpoints;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.TriggerId;

/**
 * Asks for a checkpoint.
 *
 * @param checkpointType {@code null} is {@link CheckpointType#CONFIGURED}
 * @param triggerId the id the caller chose; {@code null}: the cluster chooses one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckpointTriggerRequestBody(
        @JsonProperty("checkpointType") CheckpointType checkpointType,
        @JsonProperty("triggerId") TriggerId triggerId) {}
