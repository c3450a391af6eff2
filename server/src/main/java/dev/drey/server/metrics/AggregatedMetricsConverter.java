package dev.drey.server.metrics;

import dev.drey.model.metrics.AggregatedMetric;
import dev.drey.model.metrics.AggregatedMetricsResponseBody;
import dev.drey.model.metrics.AggregationMode;
import dev.drey.model.metrics.MetricId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore.ComponentMetricStore;

final class AggregatedMetricsConverter {

    private static final double PERCENT = 100;

    /**
     * The metrics with these ids over all {@code components}; the names of all their metrics if
     * there are no ids. As in Flink, a metric that is no number is left out, and one that nobody
     * has takes the others with it.
     */
    static AggregatedMetricsResponseBody metrics(
            Collection<? extends ComponentMetricStore> components,
            List<String> ids,
            Set<AggregationMode> modes) {
        if (ids.isEmpty()) {
            return new AggregatedMetricsResponseBody(
                    components.stream()
                            .flatMap(component -> component.metrics.keySet().stream())
                            .distinct()
                            .map(id -> aggregate(id, new double[0], Set.of()))
                            .toList());
        }
        List<AggregatedMetric> metrics = new ArrayList<>();
        for (String id : ids) {
            double[] values;
            try {
                values = values(components, id);
            } catch (NumberFormatException e) {
                continue;
            }
            if (values.length == 0) {
                return new AggregatedMetricsResponseBody(List.of());
            }
            metrics.add(aggregate(id, values, modes));
        }
        return new AggregatedMetricsResponseBody(metrics);
    }

    private static double[] values(
            Collection<? extends ComponentMetricStore> components, String id) {
        return components.stream()
                .map(component -> component.getMetric(id))
                .filter(Objects::nonNull)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static AggregatedMetric aggregate(
            String id, double[] values, Set<AggregationMode> modes) {
        return new AggregatedMetric(
                new MetricId(id),
                modes.contains(AggregationMode.MIN) ? min(values) : null,
                modes.contains(AggregationMode.MAX) ? max(values) : null,
                modes.contains(AggregationMode.AVG) ? mean(values) : null,
                modes.contains(AggregationMode.SUM) ? sum(values) : null,
                modes.contains(AggregationMode.SKEW) ? skew(values) : null);
    }

    private static double min(double... values) {
        return reduce(Math::min, values);
    }

    private static double max(double... values) {
        return reduce(Math::max, values);
    }

    /** Plainly one after the other, as Flink adds: a stream's sum has fewer rounding errors. */
    private static double sum(double... values) {
        return reduce(Double::sum, values);
    }

    private static double mean(double... values) {
        return sum(values) / values.length;
    }

    private static double skew(double... values) {
        double mean = mean(values);
        if (mean == 0) {
            return 0;
        }
        double deviation = mean(Arrays.stream(values).map(v -> Math.abs(mean - v)).toArray());
        return Math.min(deviation / mean * PERCENT, PERCENT);
    }

    private static double reduce(DoubleBinaryOperator operator, double... values) {
        return Arrays.stream(values).reduce(operator).getAsDouble();
    }

    private AggregatedMetricsConverter() {}
}
