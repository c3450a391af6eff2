package dev.drey.model.savepoints;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** The binary format of a savepoint. */
public enum SavepointFormatType {
    /** One format for all state backends: they can be changed between two runs. */
    CANONICAL,
    /** The state backend's own format: faster, and readable by that backend alone. */
    NATIVE,
    /** Sent by a newer Flink. */
    @JsonEnumDefaultValue
    UNKNOWN
}
