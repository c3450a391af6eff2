package dev.drey.model.metrics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Metrics of one part of the cluster. On the wire, a bare array.
 *
 * @param metrics those that are known, in no order; never {@code null}
 */
public record MetricCollectionResponseBody(@JsonValue List<Metric> metrics) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MetricCollectionResponseBody {
        metrics = metrics == null ? List.of() : List.copyOf(metrics);
    }
}
