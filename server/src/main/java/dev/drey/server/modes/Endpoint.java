package dev.drey.server.modes;

import dev.drey.server.ClusterGateways;
import dev.drey.server.DreyOptions;
import dev.drey.server.RestApplication;
import dev.drey.server.RestServer;
import dev.drey.server.ServerAddress;
import dev.drey.server.ServerExecutors;
import dev.drey.server.async.Operations;
import dev.drey.server.error.StartupException;
import dev.drey.server.http.UploadFolder;
import dev.drey.server.metrics.ClusterMetrics;
import dev.drey.server.metrics.FetchedMetrics;
import dev.drey.server.telemetry.OwnMetrics;
import dev.drey.server.telemetry.Telemetry;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.rest.handler.legacy.metrics.VoidMetricFetcher;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;
import org.apache.flink.runtime.webmonitor.retriever.MetricQueryServiceRetriever;
import org.apache.flink.runtime.webmonitor.stats.VertexStatsTracker;
import org.apache.flink.runtime.webmonitor.threadinfo.ThreadInfoRequestCoordinator;
import org.apache.flink.runtime.webmonitor.threadinfo.VertexThreadInfoStats;
import org.apache.flink.runtime.webmonitor.threadinfo.VertexThreadInfoTrackerBuilder;

/** What every mode puts in front of its cluster. */
final class Endpoint {

    /**
     * Serves the cluster behind {@code gateways}.
     *
     * @param executors are closed with the server
     * @param ownMetrics are those of the endpoint
     * @param host the name of this machine, under which they are reported
     * @param filters see requests before the application does
     */
    static RestServer start(
            Configuration configuration,
            ClusterGateways gateways,
            ServerExecutors executors,
            Operations operations,
            OwnMetrics ownMetrics,
            String host,
            Object... filters)
            throws StartupException {
        Telemetry telemetry =
                ownMetrics
                        .group(host)
                        .map(group -> Telemetry.of(configuration, group))
                        .orElseGet(() -> Telemetry.of(configuration));
        ServerAddress address = new ServerAddress();
        RestApplication application =
                new RestApplication(
                        configuration,
                        gateways,
                        executors,
                        address,
                        operations,
                        UploadFolder.open(configuration),
                        telemetry);
        for (Object filter : filters) {
            application.register(filter);
        }
        return RestServer.start(
                configuration,
                application,
                RestApplication.STREAMED_ROUTES,
                address,
                executors,
                telemetry);
    }

    /**
     * Leaders that may be in another process, which dies or stands still without a word.
     *
     * @param plans of the jobs that a new leader takes on; empty if there is none
     */
    static GatewayRetriever<DispatcherGateway> guarded(
            GatewayRetriever<DispatcherGateway> leaders,
            Optional<JobsInRecovery.Plans> plans,
            Configuration configuration,
            ServerExecutors executors) {
        Duration patience = configuration.get(DreyOptions.READ_TIMEOUT);
        GuardedDispatchers.Guard pulse = new LeaderPulse(patience, executors.rendering());
        return new GuardedDispatchers(
                leaders,
                () ->
                        plans.map(
                                        kept ->
                                                pulse.then(
                                                        new JobsInRecovery(
                                                                kept,
                                                                patience,
                                                                executors.files(),
                                                                System::nanoTime)))
                                .orElse(pulse));
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

    /**
     * Looks at the threads of tasks, as stock Flink does; empty if {@code configuration} says no.
     */
    static Optional<VertexStatsTracker<VertexThreadInfoStats>> threads(
            Configuration configuration,
            GatewayRetriever<ResourceManagerGateway> resourceManager,
            ServerExecutors executors) {
        if (!configuration.get(RestOptions.ENABLE_FLAMEGRAPH)) {
            return Optional.empty();
        }
        return Optional.of(
                VertexThreadInfoTrackerBuilder.newBuilder(
                                resourceManager,
                                executors.sampling(),
                                configuration.get(DreyOptions.READ_TIMEOUT))
                        .setCoordinator(
                                new ThreadInfoRequestCoordinator(
                                        executors.sampling(),
                                        configuration.get(RpcOptions.ASK_TIMEOUT_DURATION)))
                        .setCleanUpInterval(
                                configuration.get(RestOptions.FLAMEGRAPH_CLEANUP_INTERVAL))
                        .setNumSamples(configuration.get(RestOptions.FLAMEGRAPH_NUM_SAMPLES))
                        .setStatsRefreshInterval(
                                configuration.get(RestOptions.FLAMEGRAPH_REFRESH_INTERVAL))
                        .setDelayBetweenSamples(configuration.get(RestOptions.FLAMEGRAPH_DELAY))
                        .setMaxThreadInfoDepth(
                                configuration.get(RestOptions.FLAMEGRAPH_STACK_TRACE_DEPTH))
                        .build());
    }

    private Endpoint() {}
}
