package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Says that the client of a job is there.
 *
 * @param expiredTimestamp until when, in milliseconds since the epoch: a job that hears nothing
 *     more by then is cancelled
 */
public record JobClientHeartbeatRequestBody(
        @JsonProperty("expiredTimestamp") long expiredTimestamp) {}
