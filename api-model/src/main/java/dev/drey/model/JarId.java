package dev.drey.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/** An uploaded jar, as its server names it: {@code <uuid>_<name of the uploaded file>}. */
public record JarId(@JsonValue String value) {

    /**
     * @throws IllegalArgumentException if {@code value} is blank, a path, or holds a control
     *     character
     */
    @JsonCreator
    public JarId {
        Objects.requireNonNull(value, "value is null");
        if (value.isBlank()
                || value.equals(".")
                || value.equals("..")
                || value.chars()
                        .anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
            throw new IllegalArgumentException(
                    "'%s' is no jar id: expected the 'id' of an entry of /jars".formatted(value));
        }
    }

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code value} is blank, a path, or holds a control
     *     character
     */
    public static JarId fromString(String value) {
        return new JarId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
