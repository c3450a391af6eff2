package dev.drey.model.vertices;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.jobs.ExecutionState;
import java.util.Map;

/**
 * What a group of attempts have read and written, and how long they were in their states.
 *
 * @param metrics by the names that the figures have in {@link dev.drey.model.jobs.IOMetricsInfo} on
 *     the wire, such as {@code read-bytes}; a busy time that is unknown counts as {@code -1}
 * @param statusDuration milliseconds; a state that an attempt has not been in counts as {@code -1}
 */
public record AggregatedTaskDetailsInfo(
        @JsonProperty("metrics") Map<String, MetricsStatistics> metrics,
        @JsonProperty("status-duration") Map<ExecutionState, MetricsStatistics> statusDuration) {

    /**
     * A figure over all attempts, all zero if there are none.
     *
     * @param avg rounded towards zero
     */
    public record MetricsStatistics(
            @JsonProperty("min") long min,
            @JsonProperty("max") long max,
            @JsonProperty("avg") long avg,
            @JsonProperty("sum") long sum,
            @JsonProperty("median") long median,
            @JsonProperty("p25") long p25,
            @JsonProperty("p75") long p75,
            @JsonProperty("p95") long p95) {}
}
