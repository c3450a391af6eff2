package dev.drey.model.async;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What an asynchronous operation does. */
public enum OperationKind {
    SAVEPOINT,
    STOP_WITH_SAVEPOINT,
    CHECKPOINT,
    SAVEPOINT_DISPOSAL,
    DATA_SET_DELETION,
    RESCALING,
    /** A profile of a process, which only a client tells as an operation. */
    PROFILING,
    /** Sent by a newer server. */
    @JsonEnumDefaultValue
    UNKNOWN
}
