package dev.drey.it.twin.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.DispatcherId;
import org.apache.flink.runtime.dispatcher.DispatcherRestEndpoint;
import org.apache.flink.runtime.dispatcher.PartialDispatcherServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServices;
import org.apache.flink.runtime.rest.RestEndpointFactory;
import org.apache.flink.runtime.rest.handler.RestHandlerConfiguration;
import org.apache.flink.runtime.rest.handler.RestHandlerSpecification;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcher;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcherImpl;
import org.apache.flink.runtime.rpc.RpcService;
import org.apache.flink.runtime.webmonitor.WebMonitorEndpoint;
import org.apache.flink.runtime.webmonitor.retriever.LeaderGatewayRetriever;
import org.apache.flink.runtime.webmonitor.retriever.impl.RpcGatewayRetriever;
import org.apache.flink.runtime.webmonitor.retriever.impl.RpcMetricQueryServiceRetriever;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandler;
import org.apache.flink.util.concurrent.ExponentialBackoffRetryStrategy;
import org.apache.flink.util.concurrent.RetryStrategy;

/** The endpoint that a stock JobManager would have, with the configuration of the one that runs. */
final class FlinkEndpoint extends DispatcherRestEndpoint {

    private static final RetryStrategy CONNECT_TO_LEADER =
            new ExponentialBackoffRetryStrategy(12, Duration.ofMillis(10), Duration.ofMillis(50));

    private final List<String> routes = new ArrayList<>();

    private FlinkEndpoint(
            PartialDispatcherServices services,
            RestHandlerConfiguration handlers,
            LeaderGatewayRetriever<DispatcherGateway> dispatcher,
            ScheduledExecutorService executor,
            MetricFetcher metricFetcher)
            throws Exception {
        super(
                dispatcher,
                services.getConfiguration(),
                handlers,
                services.getResourceManagerGatewayRetriever(),
                services.getBlobServer(),
                executor,
                metricFetcher,
                services.getHighAvailabilityServices().getClusterRestEndpointLeaderElection(),
                RestEndpointFactory.createExecutionGraphCache(handlers),
                services.getFatalErrorHandler());
    }

    static FlinkEndpoint start(RpcService rpcService, PartialDispatcherServices services)
            throws Exception {
        Configuration configuration = services.getConfiguration();
        HighAvailabilityServices highAvailability = services.getHighAvailabilityServices();
        LeaderGatewayRetriever<DispatcherGateway> dispatcher =
                new RpcGatewayRetriever<>(
                        rpcService,
                        DispatcherGateway.class,
                        DispatcherId::fromUuid,
                        CONNECT_TO_LEADER);
        ScheduledExecutorService executor =
                WebMonitorEndpoint.createExecutorService(
                        configuration.get(RestOptions.SERVER_NUM_THREADS),
                        configuration.get(RestOptions.SERVER_THREAD_PRIORITY),
                        "twin");
        FlinkEndpoint endpoint =
                new FlinkEndpoint(
                        services,
                        RestHandlerConfiguration.fromConfiguration(configuration),
                        dispatcher,
                        executor,
                        MetricFetcherImpl.fromConfiguration(
                                configuration,
                                new RpcMetricQueryServiceRetriever(rpcService),
                                dispatcher,
                                executor));
        endpoint.start();
        highAvailability.getDispatcherLeaderRetriever().start(dispatcher);
        return endpoint;
    }

    /** Writes its address, and then its routes, one to a line. */
    void announce(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(getRestBaseUrl());
        lines.addAll(routes);
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        Files.write(unfinished, lines);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    protected List<Tuple2<RestHandlerSpecification, ChannelInboundHandler>> initializeHandlers(
            CompletableFuture<String> localAddress) {
        List<Tuple2<RestHandlerSpecification, ChannelInboundHandler>> handlers =
                super.initializeHandlers(localAddress);
        handlers.forEach(
                handler ->
                        routes.add(
                                handler.f0.getHttpMethod()
                                        + " "
                                        + handler.f0.getTargetRestEndpointURL()));
        return handlers;
    }
}
