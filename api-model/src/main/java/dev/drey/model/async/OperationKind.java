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
    /** Sent by a newer server. */
    @JsonEnumDefaultValue
    UNKNOWN
}
