package dev.drey.server.modes;

import dev.drey.server.ClusterGateways;
import dev.drey.server.DreyOptions;
import dev.drey.server.RestApplication;
import dev.drey.server.RestServer;
import dev.drey.server.ServerAddress;
import dev.drey.server.ServerExecutors;
import dev.drey.server.error.StartupException;
import dev.drey.server.jars.JarStore;
import dev.drey.server.metrics.ClusterMetrics;
import dev.drey.server.metrics.FetchedMetrics;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.rest.handler.legacy.metrics.VoidMetricFetcher;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;
import org.apache.flink.runtime.webmonitor.retriever.MetricQueryServiceRetriever;

/** What every mode puts in front of its cluster. */
final class Endpoint {

    /**
     * Serves the cluster behind {@code gateways}.
     *
     * @param executors are closed with the server
     * @param filters see requests before the application does
     */
    static RestServer start(
            Configuration configuration,
            ClusterGateways gateways,
            ServerExecutors executors,
            Object... filters)
            throws StartupException {
        ServerAddress address = new ServerAddress();
        RestApplication application =
                new RestApplication(
                        configuration, gateways, executors, address, JarStore.open(configuration));
        for (Object filter : filters) {
            application.register(filter);
        }
        return RestServer.start(
                configuration, application, RestApplication.STREAMED_PATHS, address, executors);
    }

    static ClusterMetrics metrics(
            Configuration configuration,
            MetricQueryServiceRetriever services,
            GatewayRetriever<DispatcherGateway> dispatcher,
            ServerExecutors executors) {
        Duration interval = configuration.get(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL);
        return interval.toMillis() == 0
                ? ClusterMetrics.of(VoidMetricFetcher.INSTANCE)
                : new FetchedMetrics(
                        dispatcher,
                        services,
                        executors.rendering(),
                        configuration.get(DreyOptions.READ_TIMEOUT),
                        interval);
    }

    private Endpoint() {}
}
