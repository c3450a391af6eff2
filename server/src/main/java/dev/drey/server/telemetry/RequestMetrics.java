package dev.drey.server.telemetry;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.glassfish.grizzly.http.HttpRequestPacket;

/** Counts requests by their routes. A route has metrics once it was asked for. */
final class RequestMetrics implements ExchangeListener {

    /** Of how many requests the latencies are kept. */
    private static final int WINDOW = 1000;

    private final MetricGroup group;
    private final ConcurrentMap<String, OfRoute> routes = new ConcurrentHashMap<>();

    RequestMetrics(MetricGroup group) {
        this.group = group;
    }

    @Override
    public void ended(Exchange exchange, HttpRequestPacket request, int status, long nanos) {
        routes.computeIfAbsent(exchange.route(), route -> new OfRoute(group, route))
                .ended(status, exchange.bytes(), nanos);
    }

    private static final class OfRoute {

        private final MetricGroup group;
        private final Counter bytesSent;
        private final Histogram latency;
        private final ConcurrentMap<Integer, Counter> requests = new ConcurrentHashMap<>();

        OfRoute(MetricGroup parent, String route) {
            this.group = parent.addGroup("route", route);
            this.bytesSent = group.counter("bytesSent", new ThreadSafeSimpleCounter());
            this.latency =
                    group.histogram("latencyMicros", new DescriptiveStatisticsHistogram(WINDOW));
        }

        void ended(int status, long bytes, long nanos) {
            requests.computeIfAbsent(status / 100, this::counter).inc();
            bytesSent.inc(bytes);
            if (nanos != UNKNOWN) {
                latency.update(TimeUnit.NANOSECONDS.toMicros(nanos));
            }
        }

        private Counter counter(int hundreds) {
            return group.addGroup("status", hundreds == CUT ? "cut" : hundreds + "xx")
                    .counter("requests", new ThreadSafeSimpleCounter());
        }
    }
}
