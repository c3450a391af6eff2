package dev.drey.model.applications;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** The state of an application. */
public enum ApplicationState {
    CREATED,
    RUNNING,
    FAILING,
    FAILED,
    CANCELING,
    CANCELED,
    FINISHED,
    /** Sent by a newer Flink. */
    @JsonEnumDefaultValue
    UNKNOWN
}
