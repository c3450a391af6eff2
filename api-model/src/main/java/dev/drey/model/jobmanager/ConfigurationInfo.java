package dev.drey.model.jobmanager;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * The cluster's configuration. On the wire, a bare array.
 *
 * @param entries its options; never {@code null}
 */
public record ConfigurationInfo(@JsonValue List<ConfigurationInfoEntry> entries) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ConfigurationInfo {
        entries = entries == null ? List.of() : List.copyOf(entries);
    }
}
