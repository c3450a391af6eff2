package dev.drey.client.metrics;

import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.metrics.Metric;
import dev.drey.model.metrics.MetricCollectionResponseBody;
import dev.drey.model.metrics.MetricId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The metrics of one part of the cluster, see {@link MetricsClient}. */
public final class Metrics {
    private final Transport transport;
    private final Request request;

    Metrics(Transport transport, Request request) {
        this.transport = transport;
        this.request = request;
    }

    /** The names of all metrics that it has, in no order. */
    public CompletableFuture<List<MetricId>> list() {
        return transport
                .send(request, MetricCollectionResponseBody.class)
                .thenApply(answer -> answer.metrics().stream().map(Metric::id).toList());
    }

    /**
     * The values of these metrics, in no order; a metric that it does not have is left out. As many
     * can be asked for at once as their names fit into a URI, which for stock Flink has 4096 bytes.
     *
     * @throws IllegalArgumentException if a name is empty or holds a comma: no cluster can be asked
     *     for it
     */
    public CompletableFuture<MetricCollectionResponseBody> get(
            MetricId metric, MetricId... metrics) {
        return transport.send(
                AggregatedMetricsQuery.of(metric, metrics).addTo(request),
                MetricCollectionResponseBody.class);
    }
}
