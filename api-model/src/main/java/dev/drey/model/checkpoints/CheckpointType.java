package dev.drey.model.checkpoints;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** How much of the state a triggered checkpoint writes. */
public enum CheckpointType {
    /** As the job's checkpoints are configured. */
    CONFIGURED,
    /** All of it. */
    FULL,
    /** What has changed; Flink takes no such checkpoint on request. */
    INCREMENTAL,
    /** Sent by a newer Flink. */
    @JsonEnumDefaultValue
    UNKNOWN
}
