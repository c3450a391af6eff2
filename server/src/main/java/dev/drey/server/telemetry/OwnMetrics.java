package dev.drey.server.telemetry;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.core.plugin.PluginManager;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.runtime.metrics.MetricRegistryConfiguration;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.ReporterSetup;
import org.apache.flink.runtime.metrics.ReporterSetupBuilder;
import org.apache.flink.runtime.metrics.filter.DefaultReporterFilters;
import org.apache.flink.runtime.metrics.groups.JobManagerMetricGroup;
import org.apache.flink.util.AutoCloseableAsync;

/**
 * A registry for the metrics of this server. Flink's own registry tells all it knows to the metric
 * query service too, and so to everybody who asks for {@code /jobmanager/metrics}: there have to be
 * the JobManager's metrics and no others.
 */
public final class OwnMetrics implements AutoCloseableAsync {

    private static final String GROUP = "drey";

    /** Only the query service sends messages, and it has none. */
    private static final long NO_MESSAGES = 0;

    private final MetricRegistryImpl registry;

    private OwnMetrics(Configuration configuration, List<ReporterSetup> reporters) {
        this.registry =
                new MetricRegistryImpl(
                        MetricRegistryConfiguration.fromConfiguration(configuration, NO_MESSAGES),
                        reporters);
    }

    /** The reporters that {@code configuration} names. They are open. */
    public static List<ReporterSetup> reporters(
            Configuration configuration, PluginManager plugins) {
        return ReporterSetupBuilder.METRIC_SETUP_BUILDER.fromConfiguration(
                configuration, DefaultReporterFilters::metricsFromConfiguration, plugins);
    }

    /** Metrics for {@code reporters}, which are asked to report by it and closed with it. */
    public static OwnMetrics of(Configuration configuration, List<ReporterSetup> reporters) {
        return new OwnMetrics(configuration, reporters);
    }

    /** Metrics for {@code reporters} of another registry, which does all else with them. */
    public static OwnMetrics beside(Configuration configuration, List<ReporterSetup> reporters) {
        return new OwnMetrics(configuration, reporters.stream().map(OwnMetrics::shared).toList());
    }

    /** The group of this server; empty if nobody would see it. */
    public Optional<MetricGroup> group(String host) {
        return registry.getNumberReporters() == 0
                ? Optional.empty()
                : Optional.of(
                        JobManagerMetricGroup.createJobManagerMetricGroup(registry, host)
                                .addGroup(GROUP));
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        return registry.closeAsync();
    }

    private static ReporterSetup shared(ReporterSetup setup) {
        MetricConfig names = new MetricConfig();
        setup.getDelimiter()
                .ifPresent(
                        delimiter ->
                                names.setProperty(
                                        MetricOptions.REPORTER_SCOPE_DELIMITER.key(), delimiter));
        names.setProperty(
                MetricOptions.REPORTER_EXCLUDED_VARIABLES.key(),
                setup.getExcludedVariables().stream()
                        .map(variable -> variable.replaceAll("[<>]", ""))
                        .collect(Collectors.joining(";")));
        return new ReporterSetup(
                setup.getName(),
                names,
                new Shared(setup.getReporter()),
                setup.getFilter(),
                setup.getAdditionalVariables());
    }

    /** A reporter that is in other hands: it learns of metrics, and that is all. */
    private record Shared(MetricReporter reporter) implements MetricReporter {

        @Override
        public void open(MetricConfig config) {}

        @Override
        public void close() {}

        @Override
        public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
            reporter.notifyOfAddedMetric(metric, name, group);
        }

        @Override
        public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
            reporter.notifyOfRemovedMetric(metric, name, group);
        }
    }
}
