package dev.drey.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** An asynchronous operation that was triggered. Written as 32 hexadecimal digits. */
public record TriggerId(@JsonValue String value) {

    /**
     * @throws IllegalArgumentException if {@code value} is not 32 hexadecimal digits
     */
    @JsonCreator
    public TriggerId {
        value = HexId.checked("trigger id", value);
    }

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code value} is not 32 hexadecimal digits
     */
    public static TriggerId fromString(String value) {
        return new TriggerId(value);
    }

    /** A new id, for a client that chooses it before it asks, so that asking again is safe. */
    public static TriggerId random() {
        return new TriggerId(UUID.randomUUID().toString().replace("-", ""));
    }

    @Override
    public String toString() {
        return value;
    }
}
