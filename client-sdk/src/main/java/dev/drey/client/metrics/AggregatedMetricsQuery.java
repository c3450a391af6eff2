package dev.drey.client.metrics;

import dev.drey.client.transport.Request;
import dev.drey.model.metrics.AggregationMode;
import dev.drey.model.metrics.MetricId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which metrics of several parts of the cluster are asked for, and what is made of their values.
 */
public final class AggregatedMetricsQuery {
    private final List<MetricId> metrics;
    private final Set<AggregationMode> aggregations;

    private AggregatedMetricsQuery(List<MetricId> metrics, Set<AggregationMode> aggregations) {
        this.metrics = metrics;
        this.aggregations = aggregations;
    }

    /**
     * All aggregations of these metrics.
     *
     * @throws IllegalArgumentException if a name is empty or holds a comma: no cluster can be asked
     *     for it
     */
    public static AggregatedMetricsQuery of(MetricId metric, MetricId... metrics) {
        List<MetricId> all =
                Stream.concat(Stream.of(metric), Arrays.stream(metrics)).distinct().toList();
        all.forEach(each -> requireAskable(each.value()));
        return new AggregatedMetricsQuery(all, Set.of());
    }

    /** The same metrics, but only these aggregations; all of them, if none is given. */
    public AggregatedMetricsQuery aggregatedBy(AggregationMode... modes) {
        return new AggregatedMetricsQuery(metrics, Set.copyOf(Arrays.asList(modes)));
    }

    Request addTo(Request request) {
        Request values =
                request.withQuery(
                        "get",
                        metrics.stream().map(MetricId::value).collect(Collectors.joining(",")));
        return aggregations.isEmpty()
                ? values
                : values.withQuery(
                        "agg",
                        EnumSet.copyOf(aggregations).stream()
                                .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(",")));
    }

    static void requireAskable(String text) {
        if (text.isEmpty() || text.contains(",")) {
            throw new IllegalArgumentException(
                    "'%s' cannot be asked for: expected text without commas".formatted(text));
        }
    }
}
