package dev.drey.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A Flink job. Written as 32 hexadecimal digits. */
public record JobId(@JsonValue String value) {

    /**
     * @throws IllegalArgumentException if {@code value} is not 32 hexadecimal digits
     */
    @JsonCreator
    public JobId {
        value = HexId.checked("job id", value);
    }

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code value} is not 32 hexadecimal digits
     */
    public static JobId fromString(String value) {
        return new JobId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
