package dev.drey.server.metrics;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcher;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;

/** What the cluster's metric query services tell. */
public interface ClusterMetrics {

    /** What they last told. They are asked again, behind the back of the caller, if it is old. */
    CompletableFuture<MetricStore> told();

    /** When they were last asked, in milliseconds since the epoch; 0 if they were not. */
    long askedAt();

    /** What {@code fetcher} has, be it nothing yet. */
    static ClusterMetrics of(MetricFetcher fetcher) {
        return new ClusterMetrics() {
            @Override
            public CompletableFuture<MetricStore> told() {
                fetcher.update();
                return CompletableFuture.completedFuture(fetcher.getMetricStore());
            }

            @Override
            public long askedAt() {
                return fetcher.getLastUpdateTime();
            }
        };
    }
}
