package dev.drey.model.health;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The answer of a health check that passed; one that did not is an error.
 *
 * @param status {@code UP}
 */
public record HealthInfo(@JsonProperty("status") String status) {

    /** Passed. */
    public static HealthInfo up() {
        return new HealthInfo("UP");
    }
}
