package dev.drey.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * A task manager: the value of {@code taskmanager.resource-id}, or what Flink generated in its
 * place.
 */
public record ResourceId(@JsonValue String value) {

    /**
     * @throws IllegalArgumentException if {@code value} is blank
     */
    @JsonCreator
    public ResourceId {
        Objects.requireNonNull(value, "value is null");
        if (value.isBlank()) {
            throw new IllegalArgumentException("A task manager id is not blank");
        }
    }

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code value} is blank
     */
    public static ResourceId fromString(String value) {
        return new ResourceId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
