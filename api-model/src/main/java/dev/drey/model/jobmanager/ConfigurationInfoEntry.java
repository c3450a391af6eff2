package dev.drey.model.jobmanager;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One option of the cluster's configuration.
 *
 * @param key such as {@code rest.port}
 * @param value as configured; of a sensitive key, {@code ******}
 */
public record ConfigurationInfoEntry(
        @JsonProperty("key") String key, @JsonProperty("value") String value) {}
