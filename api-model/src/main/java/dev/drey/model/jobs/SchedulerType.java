package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The scheduler of a job, from {@code jobmanager.scheduler}. */
public enum SchedulerType {
    @JsonProperty("Default")
    DEFAULT,
    @JsonProperty("Adaptive")
    ADAPTIVE,
    @JsonProperty("AdaptiveBatch")
    ADAPTIVE_BATCH,
    /** Sent by a newer Flink. */
    @JsonEnumDefaultValue
    UNKNOWN
}
