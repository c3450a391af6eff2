package dev.drey.model.savepoints;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.TriggerId;

/**
 * Asks for a savepoint.
 *
 * @param targetDirectory URI of the folder the savepoint's own folder is made in; {@code null}: the
 *     cluster's {@code execution.checkpointing.savepoint-dir}
 * @param cancelJob whether the job is cancelled once the savepoint is complete; {@code null} is
 *     false
 * @param formatType its binary format; {@code null} is {@link SavepointFormatType#CANONICAL}
 * @param triggerId the id the caller chose; {@code null}: the cluster chooses one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SavepointTriggerRequestBody(
        @JsonProperty("target-directory") String targetDirectory,
        @JsonProperty("cancel-job") Boolean cancelJob,
        @JsonProperty("formatType") SavepointFormatType formatType,
        @JsonProperty("triggerId") TriggerId triggerId) {}
