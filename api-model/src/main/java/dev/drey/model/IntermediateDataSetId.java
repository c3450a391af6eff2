package dev.drey.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An intermediate result of a job that the cluster keeps for later jobs. Written as 32 hexadecimal
 * digits.
 */
public record IntermediateDataSetId(@JsonValue String value) {

    /**
     * @throws IllegalArgumentException if {@code value} is not 32 hexadecimal digits
     */
    @JsonCreator
    public IntermediateDataSetId {
        value = HexId.checked("data set id", value);
    }

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code value} is not 32 hexadecimal digits
     */
    public static IntermediateDataSetId fromString(String value) {
        return new IntermediateDataSetId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
