package dev.drey.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A vertex of a job's graph: the operators that run chained in one task. Written as 32 hexadecimal
 * digits.
 */
public record JobVertexId(@JsonValue String value) {

    /**
     * @throws IllegalArgumentException if {@code value} is not 32 hexadecimal digits
     */
    @JsonCreator
    public JobVertexId {
        value = HexId.checked("job vertex id", value);
    }

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code value} is not 32 hexadecimal digits
     */
    public static JobVertexId fromString(String value) {
        return new JobVertexId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
