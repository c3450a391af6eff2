package dev.drey.model.savepoints;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.TriggerId;

/**
 * Asks for a savepoint after which the job is stopped.
 *
 * @param targetDirectory URI of the folder the savepoint's own folder is made in; {@code null}: the
 *     cluster's {@code execution.checkpointing.savepoint-dir}
 * @param drain whether the job's sources end for good, so that all windows fire before the
 *     savepoint; {@code null} is false
 * @param formatType its binary format; {@code null} is {@link SavepointFormatType#CANONICAL}
 * @param triggerId the id the caller chose; {@code null}: the cluster chooses one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StopWithSavepointRequestBody(
        @JsonProperty("targetDirectory") String targetDirectory,
        @JsonProperty("drain") Boolean drain,
        @JsonProperty("formatType") SavepointFormatType formatType,
        @JsonProperty("triggerId") TriggerId triggerId) {}
