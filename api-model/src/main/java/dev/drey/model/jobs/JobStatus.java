package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** The state of a job. */
public enum JobStatus {
    INITIALIZING,
    CREATED,
    RUNNING,
    FAILING,
    FAILED,
    CANCELLING,
    CANCELED,
    FINISHED,
    RESTARTING,
    /** Ended on this JobManager, not for good: another one may recover the job. */
    SUSPENDED,
    RECONCILING,
    /** Sent by a newer Flink. */
    @JsonEnumDefaultValue
    UNKNOWN;

    /** Whether no JobManager will ever run the job again. */
    public boolean isGloballyTerminal() {
        return this == FAILED || this == CANCELED || this == FINISHED;
    }
}
