package dev.drey.server;

import dev.drey.server.async.Polls;
import dev.drey.server.jobmanager.ThisProcess;
import dev.drey.server.metrics.ClusterMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.rest.handler.legacy.metrics.VoidMetricFetcher;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;

/** The gateways of a cluster of which only the dispatcher matters. */
public final class TestGateways {

    /**
     * Gateways of which only {@code dispatcher} answers.
     *
     * @param polls asks for what is waited for
     */
    public static ClusterGateways to(
            GatewayRetriever<DispatcherGateway> dispatcher, Executor polls) {
        CompletableFuture<ResourceManagerGateway> nobody = new CompletableFuture<>();
        Configuration configuration = new Configuration();
        return new ClusterGateways(
                dispatcher,
                () -> nobody,
                ClusterMetrics.of(VoidMetricFetcher.INSTANCE),
                new ThisProcess(configuration, Runnable::run),
                leader -> new CompletableFuture<>(),
                new MessageLimit(configuration, leader -> true),
                Optional.empty(),
                Polls.inProcess(Duration.ofSeconds(10), polls));
    }

    private TestGateways() {}
}
