package dev.drey.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The slot sharing group of a job vertex. Written as 32 hexadecimal digits. */
public record SlotSharingGroupId(@JsonValue String value) {

    /**
     * @throws IllegalArgumentException if {@code value} is not 32 hexadecimal digits
     */
    @JsonCreator
    public SlotSharingGroupId {
        value = HexId.checked("slot sharing group id", value);
    }

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code value} is not 32 hexadecimal digits
     */
    public static SlotSharingGroupId fromString(String value) {
        return new SlotSharingGroupId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
