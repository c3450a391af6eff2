package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Whether a job's input ends. */
public enum JobType {
    BATCH,
    STREAMING,
    /** Sent by a newer Flink. */
    @JsonEnumDefaultValue
    UNKNOWN
}
