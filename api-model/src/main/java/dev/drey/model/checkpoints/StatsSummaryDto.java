package dev.drey.model.checkpoints;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Extremes, mean and quantiles of a figure; a quantile of no figures is {@code NaN}. */
public record StatsSummaryDto(
        @JsonProperty("min") long minimum,
        @JsonProperty("max") long maximum,
        @JsonProperty("avg") long average,
        @JsonProperty("p50") double p50,
        @JsonProperty("p90") double p90,
        @JsonProperty("p95") double p95,
        @JsonProperty("p99") double p99,
        @JsonProperty("p999") double p999) {}
