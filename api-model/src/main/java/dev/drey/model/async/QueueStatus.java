package dev.drey.model.async;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How far an asynchronous operation is. */
public record QueueStatus(@JsonProperty("id") Id id) {

    /** The states of an asynchronous operation. */
    public enum Id {
        IN_PROGRESS,
        /** Ended, with success or not: the operation's result says which. */
        COMPLETED,
        /** Sent by a newer Flink. */
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** Still running. */
    public static QueueStatus inProgress() {
        return new QueueStatus(Id.IN_PROGRESS);
    }

    /** Ended, with success or not. */
    public static QueueStatus completed() {
        return new QueueStatus(Id.COMPLETED);
    }
}
