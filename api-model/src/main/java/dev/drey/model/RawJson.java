package dev.drey.model;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/** JSON that Flink passes through without a schema; {@code json} is its text, as one value. */
public record RawJson(@JsonValue @JsonRawValue String json) {

    public RawJson {
        Objects.requireNonNull(json, "json is null");
    }
}
