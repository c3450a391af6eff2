package dev.drey.server.telemetry;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.metrics.reporter.Scheduled;

/** A reporter that remembers, by its name in the configuration, what it was told. */
public final class ReportedMetrics implements MetricReporter, Scheduled {

    private static final ConcurrentMap<String, ReportedMetrics> REPORTERS =
            new ConcurrentHashMap<>();

    private final ConcurrentMap<String, Metric> metrics = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Map<String, String>> variables = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Found by its class name, as any reporter's factory. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            ReportedMetrics reporter = new ReportedMetrics();
            REPORTERS.put(properties.getProperty("id"), reporter);
            return reporter;
        }
    }

    /** What makes Flink have such a reporter. */
    public static Configuration configuration(String id) {
        return Configuration.fromMap(
                Map.of(
                        "metrics.reporters",
                        "remembering",
                        "metrics.reporter.remembering.factory.class",
                        Factory.class.getName(),
                        "metrics.reporter.remembering.id",
                        id));
    }

    /** The one whose configuration says {@code id}. */
    public static ReportedMetrics of(String id) {
        return REPORTERS.get(id);
    }

    /** All that it was told of, by identifiers with the scope. */
    public Map<String, Metric> all() {
        return Map.copyOf(metrics);
    }

    public long count(String identifier) {
        return ((Counter) metrics.get(identifier)).getCount();
    }

    public Histogram histogram(String identifier) {
        return (Histogram) metrics.get(identifier);
    }

    public Map<String, String> variables(String identifier) {
        return variables.get(identifier);
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        String identifier = group.getMetricIdentifier(name);
        metrics.put(identifier, metric);
        variables.put(identifier, Map.copyOf(group.getAllVariables()));
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        metrics.remove(group.getMetricIdentifier(name));
    }

    @Override
    public void report() {}
}
