package dev.drey.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/** An attempt to run a subtask, as Flink's logs name it. Its text has no form to rely on. */
public record ExecutionAttemptId(@JsonValue String value) {

    /**
     * @throws IllegalArgumentException if {@code value} is blank
     */
    @JsonCreator
    public ExecutionAttemptId {
        Objects.requireNonNull(value, "value is null");
        if (value.isBlank()) {
            throw new IllegalArgumentException("An execution attempt id is not blank");
        }
    }

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code value} is blank
     */
    public static ExecutionAttemptId fromString(String value) {
        return new ExecutionAttemptId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
