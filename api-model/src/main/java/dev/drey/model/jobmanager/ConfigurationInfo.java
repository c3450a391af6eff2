package dev.drey.model.jobmanager;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** The cluster's configuration; an array on the wire. */
public record ConfigurationInfo(@JsonValue List<ConfigurationInfoEntry> entries) {

    @JsonCreator
    public ConfigurationInfo {
        entries = entries == null ? List.of() : List.copyOf(entries);
    }
}
