package dev.drey.model.metrics;

/** How the values of a metric are made one. Only asked for, never answered. */
public enum AggregationMode {
    /** The least value. */
    MIN,
    /** The greatest value. */
    MAX,
    /** The sum. */
    SUM,
    /** The arithmetic mean. */
    AVG,
    /**
     * How unequal the values are, see {@link AggregatedMetric#skew()}; before Flink 1.20 it is 400.
     */
    SKEW
}
