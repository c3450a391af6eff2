package dev.drey.model.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A metric over several parts of the cluster. What was not asked for is {@code null}, and where
 * only names were asked for, that is all but the name. If one of the values is {@code NaN}, so is
 * all that is made of them.
 *
 * @param id its name
 * @param min the least value
 * @param max the greatest value
 * @param avg the arithmetic mean
 * @param sum the sum
 * @param skew how far the values lie from their mean, on average and in percent of it, at most 100;
 *     {@code null} from Flink 1.18
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AggregatedMetric(
        @JsonProperty("id") MetricId id,
        @JsonProperty("min") Double min,
        @JsonProperty("max") Double max,
        @JsonProperty("avg") Double avg,
        @JsonProperty("sum") Double sum,
        @JsonProperty("skew") Double skew) {}
