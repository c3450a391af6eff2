package dev.drey.model.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A metric and perhaps its value.
 *
 * @param id its name
 * @param value what it last was, as its reporter writes it: a number such as {@code 42}, {@code
 *     0.5} or {@code NaN}, or any other text; {@code null} where only names were asked for
 */
public record Metric(
        @JsonProperty("id") MetricId id,
        @JsonProperty("value") @JsonInclude(JsonInclude.Include.NON_NULL) String value) {}
