package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a client asks of the coordinator of an operator.
 *
 * @param serializedCoordinationRequest Base64 of Flink's {@code CoordinationRequest} as a
 *     serialized Java object, which the job's own classes read
 */
public record ClientCoordinationRequestBody(
        @JsonProperty("serializedCoordinationRequest") String serializedCoordinationRequest) {}
