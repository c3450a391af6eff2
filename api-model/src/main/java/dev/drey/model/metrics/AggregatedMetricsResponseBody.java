package dev.drey.model.metrics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Metrics over several parts of the cluster. On the wire, a bare array.
 *
 * @param metrics those that are known; never {@code null}
 */
public record AggregatedMetricsResponseBody(@JsonValue List<AggregatedMetric> metrics) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AggregatedMetricsResponseBody {
        metrics = metrics == null ? List.of() : List.copyOf(metrics);
    }
}
