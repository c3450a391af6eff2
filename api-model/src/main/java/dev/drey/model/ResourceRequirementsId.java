package dev.drey.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A version of a job's resource requirements. Written as 32 hexadecimal digits. */
public record ResourceRequirementsId(@JsonValue String value) {

    /**
     * @throws IllegalArgumentException if {@code value} is not 32 hexadecimal digits
     */
    @JsonCreator
    public ResourceRequirementsId {
        value = HexId.checked("resource requirements id", value);
    }

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code value} is not 32 hexadecimal digits
     */
    public static ResourceRequirementsId fromString(String value) {
        return new ResourceRequirementsId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
