package dev.drey.server.modes;

import dev.drey.server.ClusterGateways;
import dev.drey.server.DreyOptions;
import dev.drey.server.MessageLimit;
import dev.drey.server.RestServer;
import dev.drey.server.ServerExecutors;
import dev.drey.server.async.Operations;
import dev.drey.server.async.Polls;
import dev.drey.server.jobmanager.ThisProcess;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.failure.FailureEnricher;
import org.apache.flink.runtime.blob.BlobServer;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.dispatcher.ArchivedApplicationStore;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.DispatcherId;
import org.apache.flink.runtime.dispatcher.PartialDispatcherServices;
import org.apache.flink.runtime.dispatcher.SessionDispatcherFactory;
import org.apache.flink.runtime.dispatcher.VoidHistoryServerArchivist;
import org.apache.flink.runtime.dispatcher.runner.DefaultDispatcherRunnerFactory;
import org.apache.flink.runtime.dispatcher.runner.DispatcherRunner;
import org.apache.flink.runtime.entrypoint.ClusterInformation;
import org.apache.flink.runtime.entrypoint.component.ComponentBridge;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponent;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.heartbeat.HeartbeatServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServices;
import org.apache.flink.runtime.jobmanager.HaServicesPersistenceComponentFactory;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;
import org.apache.flink.runtime.metrics.MetricRegistry;
import org.apache.flink.runtime.metrics.groups.JobManagerMetricGroup;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.resourcemanager.ResourceManagerId;
import org.apache.flink.runtime.resourcemanager.ResourceManagerService;
import org.apache.flink.runtime.resourcemanager.ResourceManagerServiceImpl;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;
import org.apache.flink.runtime.rpc.FatalErrorHandler;
import org.apache.flink.runtime.rpc.RpcService;
import org.apache.flink.runtime.rpc.RpcUtils;
import org.apache.flink.runtime.security.token.DelegationTokenManager;
import org.apache.flink.runtime.webmonitor.retriever.LeaderGatewayRetriever;
import org.apache.flink.runtime.webmonitor.retriever.MetricQueryServiceRetriever;
import org.apache.flink.runtime.webmonitor.retriever.impl.RpcGatewayRetriever;
import org.apache.flink.util.concurrent.ExponentialBackoffRetryStrategy;
import org.apache.flink.util.concurrent.RetryStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink's own dispatcher and resource manager of a session cluster, with Drey as their endpoint.
 */
final class DreyComponentFactory implements DispatcherResourceManagerComponentFactory {

    private static final Logger LOG = LoggerFactory.getLogger(DreyComponentFactory.class);

    private static final RetryStrategy CONNECT_TO_LEADER =
            new ExponentialBackoffRetryStrategy(12, Duration.ofMillis(10), Duration.ofMillis(50));

    private final SessionCluster cluster;

    DreyComponentFactory(SessionCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public DispatcherResourceManagerComponent create(
            Configuration configuration,
            ResourceID resourceId,
            Executor ioExecutor,
            RpcService rpcService,
            HighAvailabilityServices haServices,
            BlobServer blobServer,
            HeartbeatServices heartbeatServices,
            DelegationTokenManager delegationTokenManager,
            MetricRegistry metricRegistry,
            ArchivedApplicationStore archivedApplicationStore,
            MetricQueryServiceRetriever metricQueryServices,
            Collection<FailureEnricher> failureEnrichers,
            FatalErrorHandler fatalErrorHandler)
            throws Exception {
        LeaderGatewayRetriever<DispatcherGateway> dispatcher =
                new RpcGatewayRetriever<>(
                        rpcService,
                        DispatcherGateway.class,
                        DispatcherId::fromUuid,
                        CONNECT_TO_LEADER);
        LeaderGatewayRetriever<ResourceManagerGateway> resourceManager =
                new RpcGatewayRetriever<>(
                        rpcService,
                        ResourceManagerGateway.class,
                        ResourceManagerId::fromUuid,
                        CONNECT_TO_LEADER);
        Duration session = configuration.get(HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT);
        ReturningLeaders<DispatcherGateway> dispatchers =
                ReturningLeaders.of(dispatcher, session, System::nanoTime);
        ReturningLeaders<ResourceManagerGateway> resourceManagers =
                ReturningLeaders.of(resourceManager, session, System::nanoTime);
        ServerExecutors executors = new ServerExecutors(configuration);
        BlobServers blobs = BlobServers.with(blobServer, rpcService.getAddress(), configuration);
        Pauses pauses = Pauses.watch(configuration, executors.sampling());
        Optional<JobsInRecovery.Plans> plans = JobsInRecovery.Plans.of(haServices, configuration);
        ClusterGateways gateways =
                new ClusterGateways(
                        plans.isPresent()
                                ? Endpoint.guarded(
                                        pauses.guard(dispatchers), plans, configuration, executors)
                                : pauses.guard(dispatchers),
                        pauses.guard(resourceManagers),
                        Endpoint.metrics(configuration, metricQueryServices, dispatcher, executors),
                        new ThisProcess(configuration, executors.files()),
                        blobs,
                        MessageLimit.of(configuration, rpcService),
                        Endpoint.threads(configuration, resourceManager, executors),
                        Polls.inProcess(
                                configuration.get(DreyOptions.READ_TIMEOUT),
                                executors.rendering()));
        Operations operations = new Operations(gateways, configuration);
        String hostname = RpcUtils.getHostname(rpcService);
        RestServer server =
                Endpoint.start(
                        configuration,
                        gateways,
                        executors,
                        operations,
                        cluster.ownMetrics(),
                        hostname);
        cluster.serving(server, gateways);
        RestLeadership endpoint =
                RestLeadership.start(
                        server,
                        haServices.getClusterRestEndpointLeaderElection(),
                        fatalErrorHandler);

        ResourceManagerService resourceManagerService =
                ResourceManagerServiceImpl.create(
                        StandaloneResourceManagerFactory.getInstance(),
                        configuration,
                        resourceId,
                        rpcService,
                        haServices,
                        heartbeatServices,
                        delegationTokenManager,
                        fatalErrorHandler,
                        new ClusterInformation(hostname, blobServer.getPort()),
                        server.baseUri().toString(),
                        metricRegistry,
                        hostname,
                        ioExecutor);
        HurriedOperationCaches results =
                new HurriedOperationCaches(
                        configuration.get(RestOptions.ASYNC_OPERATION_STORE_DURATION),
                        operations::allRead,
                        cluster.stopping());
        if (configuration.contains(JobManagerOptions.ARCHIVE_DIR)) {
            LOG.warn(
                    "{} is set, but jobs are not archived for a history server yet",
                    JobManagerOptions.ARCHIVE_DIR.key());
        }
        DispatcherRunner dispatcherRunner =
                DefaultDispatcherRunnerFactory.createSessionRunner(
                                SessionDispatcherFactory.INSTANCE)
                        .createDispatcherRunner(
                                haServices.getDispatcherLeaderElection(),
                                fatalErrorHandler,
                                new HaServicesPersistenceComponentFactory(haServices),
                                ioExecutor,
                                rpcService,
                                new PartialDispatcherServices(
                                        configuration,
                                        haServices,
                                        resourceManager,
                                        blobServer,
                                        heartbeatServices,
                                        () ->
                                                JobManagerMetricGroup.createJobManagerMetricGroup(
                                                        metricRegistry, hostname),
                                        archivedApplicationStore,
                                        fatalErrorHandler,
                                        VoidHistoryServerArchivist.INSTANCE,
                                        metricRegistry.getMetricQueryServiceGatewayRpcAddress(),
                                        ioExecutor,
                                        results,
                                        failureEnrichers));
        resourceManagerService.start();

        LeaderRetrievalService dispatcherRetrieval = haServices.getDispatcherLeaderRetriever();
        LeaderRetrievalService resourceManagerRetrieval =
                haServices.getResourceManagerLeaderRetriever();
        resourceManagerRetrieval.start(resourceManagers);
        dispatcherRetrieval.start(dispatchers);
        return ComponentBridge.component(
                dispatcherRunner,
                resourceManagerService,
                dispatcherRetrieval,
                resourceManagerRetrieval,
                endpoint,
                fatalErrorHandler,
                results);
    }
}
