package dev.drey.server.modes;

import dev.drey.server.ClusterGateways;
import dev.drey.server.DreyOptions;
import dev.drey.server.MessageLimit;
import dev.drey.server.RestServer;
import dev.drey.server.ServerExecutors;
import dev.drey.server.async.Operations;
import dev.drey.server.async.Polls;
import dev.drey.server.error.StartupException;
import dev.drey.server.jobmanager.ClusterRestEndpoint;
import dev.drey.server.telemetry.OwnMetrics;
import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginManager;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.DispatcherId;
import org.apache.flink.runtime.entrypoint.ClusterEntrypoint;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalListener;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.resourcemanager.ResourceManagerId;
import org.apache.flink.runtime.rpc.RpcService;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcUtils;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.runtime.util.JvmShutdownSafeguard;
import org.apache.flink.runtime.webmonitor.retriever.impl.RpcMetricQueryServiceRetriever;
import org.apache.flink.util.FileUtils;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections to a cluster in other processes, and the endpoint in front of them. */
final class AttachedCluster implements RunningServer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AttachedCluster.class);

    private static final String LOOPBACK = "127.0.0.1";
    private static final String ANY_FREE_PORT = "0";
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration VERSION_PATIENCE = Duration.ofSeconds(5);
    private static final Duration VERSION_INTERVAL = Duration.ofSeconds(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(9);
    private static final Duration LONGEST_PART_OF_STOP = Duration.ofSeconds(4);

    private final File files;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean closed;
    private volatile RestServer server;

    private AttachedCluster(File files) {
        this.files = files;
    }

    /**
     * Starts the endpoint, and from then on looks for the cluster.
     *
     * @param clusters where the cluster is
     * @param own how the endpoint is to be
     * @param host the name of this machine
     * @param rest the cluster's own endpoint
     */
    static AttachedCluster start(
            Configuration clusters, Configuration own, String host, ClusterRestEndpoint rest)
            throws StartupException {
        AttachedCluster cluster = new AttachedCluster(new File(own.get(WebOptions.TMP_DIR)));
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "drey-stopping"));
        JvmShutdownSafeguard.installAsShutdownHook(LOG, LONGEST_STOP.toMillis());
        try {
            PluginManager plugins = PluginUtils.createPluginManagerFromRootFolder(clusters);
            FileSystem.initialize(clusters, plugins);
            ClusterEntrypoint.installSecurityContext(clusters)
                    .runSecured(
                            () -> {
                                cluster.open(clusters, own, host, rest, plugins);
                                return null;
                            });
        } catch (Exception e) {
            cluster.close();
            throw StartupFailures.explained(e);
        }
        return cluster;
    }

    @Override
    public URI baseUri() {
        return server.baseUri();
    }

    @Override
    public int awaitEnd() {
        ended.join();
        return 0;
    }

    /** Ends what was opened, the last of it first. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.warn("It does not end in order", e);
            }
        }
        FileUtils.deleteDirectoryQuietly(files);
        ended.complete(null);
    }

    /** What is opened while the process ends would leave its files behind. */
    private synchronized void opened(AutoCloseable part) throws Exception {
        if (closed) {
            part.close();
            throw new StartupException("Stopped while it was starting");
        }
        opened.push(part);
    }

    private void open(
            Configuration clusters,
            Configuration own,
            String host,
            ClusterRestEndpoint rest,
            PluginManager plugins)
            throws Exception {
        RpcSystem rpcSystem = RpcSystem.load(clusters);
        opened(rpcSystem);
        // Answers come back on the connections that are made from here: nobody has to reach this
        // process, but its name must not be another's.
        RpcService rpcService =
                RpcUtils.createRemoteRpcService(
                        rpcSystem, clusters, host, ANY_FREE_PORT, LOOPBACK, Optional.empty());
        opened(() -> await(rpcService.closeAsync()));
        ExecutorService haExecutor =
                Executors.newCachedThreadPool(new ExecutorThreadFactory("drey-ha"));
        opened(haExecutor::shutdownNow);
        Leaders leaders =
                Leaders.of(
                        clusters,
                        haExecutor,
                        rpcSystem,
                        failure -> LOG.error("The HA services report a failure", failure));
        opened(leaders.connection());
        opened(rest);

        ClusterVersion version =
                new ClusterVersion(rest, EnvironmentInformation.getVersion(), VERSION_PATIENCE);
        BlobServers blobs = BlobServers.ofOthers(own);
        opened(blobs);
        Duration askTimeout = clusters.get(RpcOptions.ASK_TIMEOUT_DURATION);
        LeaderConnection<DispatcherGateway> dispatcher =
                new LeaderConnection<>(
                        "dispatcher", new Dispatchers(rpcService, askTimeout, version));
        LeaderConnection<ResourceManagerGateway> resourceManager =
                new LeaderConnection<>(
                        "resource manager", new ResourceManagers(rpcService, askTimeout));
        OwnMetrics ownMetrics = OwnMetrics.of(own, OwnMetrics.reporters(own, plugins));
        opened(() -> await(ownMetrics.closeAsync()));
        ServerExecutors executors = new ServerExecutors(own);
        ClusterGateways gateways =
                new ClusterGateways(
                        Endpoint.guarded(dispatcher, leaders.plans(), own, executors),
                        resourceManager,
                        Endpoint.metrics(
                                own,
                                new RpcMetricQueryServiceRetriever(rpcService),
                                dispatcher,
                                executors),
                        rest,
                        blobs,
                        MessageLimit.of(own, rpcService),
                        Endpoint.threads(
                                own,
                                new TaskManagerConnections(resourceManager, rpcService),
                                executors),
                        Polls.byRpc(own.get(DreyOptions.READ_TIMEOUT), executors.rendering()));
        RestServer started =
                Endpoint.start(
                        own,
                        gateways,
                        executors,
                        new Operations(gateways, own),
                        ownMetrics,
                        host,
                        new VersionFilter(version));
        opened(() -> await(started.closeAsync()));
        server = started;

        if (!clusters.contains(DreyOptions.ATTACH_REST_URL)) {
            follow(leaders.restEndpoint(), new RestEndpoints(rest, version));
        }
        follow(leaders.resourceManager(), resourceManager);
        follow(leaders.dispatcher(), dispatcher);
        repeat(rpcService, CHECK_INTERVAL, dispatcher::check);
        repeat(rpcService, CHECK_INTERVAL, resourceManager::check);
        repeat(rpcService, VERSION_INTERVAL, version::readUnlessOwn);
    }

    private void follow(LeaderRetrievalService leaders, LeaderRetrievalListener listener)
            throws Exception {
        leaders.start(listener);
        opened(leaders::stop);
    }

    private static void repeat(RpcService rpcService, Duration interval, Runnable task) {
        var unused =
                rpcService
                        .getScheduledExecutor()
                        .scheduleWithFixedDelay(
                                task,
                                interval.toMillis(),
                                interval.toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    private static void await(CompletableFuture<?> closed) throws Exception {
        closed.get(LONGEST_PART_OF_STOP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What another JobManager serves may be another version. */
    private record RestEndpoints(ClusterRestEndpoint rest, ClusterVersion version)
            implements LeaderRetrievalListener {

        @Override
        public void notifyLeaderAddress(String address, UUID sessionId) {
            rest.notifyLeaderAddress(address, sessionId);
            var unused = version.read();
        }

        @Override
        public void handleError(Exception failure) {
            rest.handleError(failure);
        }
    }

    private record Dispatchers(RpcService rpcService, Duration timeout, ClusterVersion version)
            implements LeaderConnection.Reaching<DispatcherGateway> {

        @Override
        public CompletableFuture<DispatcherGateway> connect(String address, UUID sessionId) {
            return rpcService.connect(
                    address, DispatcherId.fromUuid(sessionId), DispatcherGateway.class);
        }

        @Override
        public CompletableFuture<?> ask(DispatcherGateway gateway) {
            return gateway.getBlobServerPort(timeout);
        }

        @Override
        public CompletableFuture<?> welcome(DispatcherGateway gateway) {
            return version.read();
        }
    }

    private record ResourceManagers(RpcService rpcService, Duration timeout)
            implements LeaderConnection.Reaching<ResourceManagerGateway> {

        @Override
        public CompletableFuture<ResourceManagerGateway> connect(String address, UUID sessionId) {
            return rpcService.connect(
                    address, ResourceManagerId.fromUuid(sessionId), ResourceManagerGateway.class);
        }

        @Override
        public CompletableFuture<?> ask(ResourceManagerGateway gateway) {
            return gateway.requestResourceOverview(timeout);
        }
    }
}
