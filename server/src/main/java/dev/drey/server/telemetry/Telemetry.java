package dev.drey.server.telemetry;

import static java.util.Objects.requireNonNull;

import dev.drey.server.DreyOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.metrics.MetricGroup;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.HttpServerMonitoringConfig;

/** All that watches a server. Every request gets an id; the rest is there if somebody wants it. */
public final class Telemetry {

    private final List<ExchangeListener> listeners = new ArrayList<>();
    private final FetchMetrics fetches;
    private final boolean countsRoutes;

    private Telemetry(ReadableConfig configuration, FetchMetrics fetches, boolean countsRoutes) {
        this.countsRoutes = countsRoutes;
        this.fetches = requireNonNull(fetches, "fetches is null");
        if (configuration.get(DreyOptions.ACCESS_LOG)) {
            listeners.add(new AccessLog());
        }
    }

    /** Without metrics. */
    public static Telemetry of(ReadableConfig configuration) {
        return new Telemetry(configuration, FetchMetrics.none(), false);
    }

    /** With metrics in {@code group}. */
    public static Telemetry of(ReadableConfig configuration, MetricGroup group) {
        Telemetry telemetry = new Telemetry(configuration, FetchMetrics.in(group), true);
        telemetry.listeners.add(new RequestMetrics(group));
        return telemetry;
    }

    /** What the cluster is asked. */
    public FetchMetrics fetches() {
        return fetches;
    }

    /** Whether somebody wants to know which {@link Routes} are asked for. */
    public boolean countsRoutes() {
        return countsRoutes;
    }

    /** Watches {@code server}, which has not started yet. */
    public void watch(HttpServer server) {
        HttpServerMonitoringConfig monitoring =
                server.getServerConfiguration().getMonitoringConfig();
        ExchangeListener[] all = listeners.toArray(ExchangeListener[]::new);
        monitoring.getWebServerConfig().addProbes(new ExchangeProbe(all));
        if (all.length > 0) {
            monitoring.getHttpConfig().addProbes(new WireProbe(all));
        }
    }
}
