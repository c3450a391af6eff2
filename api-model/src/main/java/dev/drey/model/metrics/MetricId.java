package dev.drey.model.metrics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * The name of a metric within what it is of, such as {@code numRestarts} of a job or {@code
 * 0.numRecordsIn} of a vertex, whose metrics begin with the index of their subtask.
 */
public record MetricId(@JsonValue String value) {

    @JsonCreator
    public MetricId {
        Objects.requireNonNull(value, "value is null");
    }

    /** Reads an id from its text. */
    public static MetricId fromString(String value) {
        return new MetricId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
