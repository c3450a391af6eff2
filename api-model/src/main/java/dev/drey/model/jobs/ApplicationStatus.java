package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** How a job ended. */
public enum ApplicationStatus {
    SUCCEEDED,
    FAILED,
    CANCELED,
    /** Not known to the cluster, or sent by a newer Flink. */
    @JsonEnumDefaultValue
    UNKNOWN
}
