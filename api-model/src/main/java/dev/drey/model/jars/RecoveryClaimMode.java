package dev.drey.model.jars;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Who owns the savepoint that a job is restored from. */
public enum RecoveryClaimMode {
    /** The job: it may delete the savepoint when that is no longer needed. */
    CLAIM,
    /**
     * The user: the job's first checkpoint is full, so that it does not depend on the savepoint.
     */
    NO_CLAIM,
    /** The user, who must keep the savepoint for as long as the job runs; deprecated in Flink. */
    LEGACY,
    /** Sent by a newer Flink. */
    @JsonEnumDefaultValue
    UNKNOWN
}
