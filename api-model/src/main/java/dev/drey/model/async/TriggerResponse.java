package dev.drey.model.async;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.TriggerId;

/**
 * The answer to a trigger.
 *
 * @param triggerId names the operation in the path of its status
 */
public record TriggerResponse(@JsonProperty("request-id") TriggerId triggerId) {}
