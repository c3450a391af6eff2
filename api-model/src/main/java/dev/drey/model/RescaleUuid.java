package dev.drey.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A rescale of a job. Written as 32 hexadecimal digits. */
public record RescaleUuid(@JsonValue String value) {

    /**
     * @throws IllegalArgumentException if {@code value} is not 32 hexadecimal digits
     */
    @JsonCreator
    public RescaleUuid {
        value = HexId.checked("rescale uuid", value);
    }

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code value} is not 32 hexadecimal digits
     */
    public static RescaleUuid fromString(String value) {
        return new RescaleUuid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
