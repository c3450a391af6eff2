package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** The state of a task, and of a vertex as the sum of its tasks. */
public enum ExecutionState {
    CREATED,
    SCHEDULED,
    DEPLOYING,
    RUNNING,
    FINISHED,
    CANCELING,
    CANCELED,
    FAILED,
    RECONCILING,
    INITIALIZING,
    /** Sent by a newer Flink. */
    @JsonEnumDefaultValue
    UNKNOWN
}
