package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What the coordinator of an operator answers.
 *
 * @param serializedCoordinationResult Base64 of Flink's {@code CoordinationResponse} as a
 *     serialized Java object; it comes from another process, so deserialize it only where that is
 *     trusted
 */
public record ClientCoordinationResponseBody(
        @JsonProperty("serializedCoordinationResult") String serializedCoordinationResult) {}
