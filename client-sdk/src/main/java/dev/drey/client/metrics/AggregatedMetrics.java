package dev.drey.client.metrics;

import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.metrics.AggregatedMetric;
import dev.drey.model.metrics.AggregatedMetricsResponseBody;
import dev.drey.model.metrics.MetricId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The metrics of several parts of the cluster, see {@link MetricsClient}. */
public final class AggregatedMetrics {
    private final Transport transport;
    private final Request request;

    AggregatedMetrics(Transport transport, Request request) {
        this.transport = transport;
        this.request = request;
    }

    /** The names of all metrics that any of them has, in no order. */
    public CompletableFuture<List<MetricId>> list() {
        return transport
                .send(request, AggregatedMetricsResponseBody.class)
                .thenApply(answer -> answer.metrics().stream().map(AggregatedMetric::id).toList());
    }

    /**
     * What the query asks for. A part that does not have a metric does not count in it. A metric
     * whose values are not all numbers is left out; if none of the parts has one of the metrics,
     * the answer has no metrics at all.
     */
    public CompletableFuture<AggregatedMetricsResponseBody> get(AggregatedMetricsQuery query) {
        return transport.send(query.addTo(request), AggregatedMetricsResponseBody.class);
    }
}
