package dev.drey.server.modes;

import dev.drey.server.ClusterGateways;
import dev.drey.server.RestServer;
import dev.drey.server.Source;
import dev.drey.server.error.StartupException;
import dev.drey.server.telemetry.OwnMetrics;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.time.Deadline;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.plugin.PluginManager;
import org.apache.flink.runtime.entrypoint.ClusterEntrypointException;
import org.apache.flink.runtime.entrypoint.SessionClusterEntrypoint;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.metrics.MetricRegistryConfiguration;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.ReporterSetup;
import org.apache.flink.runtime.metrics.ReporterSetupBuilder;
import org.apache.flink.runtime.metrics.filter.DefaultReporterFilters;
import org.apache.flink.runtime.rpc.RpcSystemUtils;
import org.apache.flink.runtime.util.JvmShutdownSafeguard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flink's JobManager of a session cluster in this process, with Drey as its endpoint. */
final class SessionCluster extends SessionClusterEntrypoint implements RunningServer {

    private static final Logger LOG = LoggerFactory.getLogger(SessionCluster.class);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(9);
    private static final Duration POLL = Duration.ofMillis(50);

    private final CompletableFuture<Void> stopping = new CompletableFuture<>();
    private volatile RestServer server;
    private volatile ClusterGateways gateways;
    private volatile OwnMetrics ownMetrics;

    private SessionCluster(Configuration configuration) {
        super(configuration);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> stopping.complete(null), "drey-stopping"));
    }

    /**
     * Starts the JobManager, and returns when its endpoint is there.
     *
     * @throws StartupException if it cannot; its message is for the user
     */
    static SessionCluster start(Configuration configuration) throws StartupException {
        SessionCluster cluster;
        try {
            cluster = new SessionCluster(configuration);
            cluster.startCluster();
        } catch (ClusterEntrypointException | RuntimeException e) {
            throw StartupFailures.explained(e);
        }
        JvmShutdownSafeguard.installAsShutdownHook(LOG, LONGEST_STOP.toMillis());
        cluster.requireNotStopping();
        return cluster;
    }

    @Override
    public URI baseUri() {
        return server.baseUri();
    }

    @Override
    public int awaitEnd() {
        try {
            return getTerminationFuture().join().processExitCode();
        } catch (CompletionException e) {
            LOG.error("The cluster ended with a failure", e);
            return 1;
        }
    }

    /**
     * Waits until the leading dispatcher and resource manager answer, and know {@code taskManagers}
     * or more.
     *
     * @return whether they do within {@code patience}
     * @throws StartupException if the process is to end before
     */
    boolean awaitLeaders(int taskManagers, Duration patience) throws StartupException {
        Deadline deadline = Deadline.fromNow(patience);
        try {
            while (deadline.hasTimeLeft()) {
                if (registeredTaskManagers(deadline.timeLeft()) >= taskManagers) {
                    return true;
                }
                requireNotStopping();
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted while the cluster was starting", e);
        }
    }

    /** What is started while the process ends would leave its files behind. */
    void requireNotStopping() throws StartupException {
        if (stopping.isDone() || getTerminationFuture().isDone()) {
            throw new StartupException("Stopped while the cluster was starting");
        }
    }

    /** Completes when the process was told to end, by a signal for example. */
    CompletableFuture<Void> stopping() {
        return stopping;
    }

    void serving(RestServer started, ClusterGateways reached) {
        this.server = started;
        this.gateways = reached;
    }

    /** The metrics of the endpoint, beside those of the cluster. */
    OwnMetrics ownMetrics() {
        return ownMetrics;
    }

    /** As Flink makes it, but that its reporters are ours, too. */
    @Override
    protected MetricRegistryImpl createMetricRegistry(
            Configuration configuration, PluginManager plugins, RpcSystemUtils rpcSystem) {
        List<ReporterSetup> reporters = OwnMetrics.reporters(configuration, plugins);
        ownMetrics = OwnMetrics.beside(configuration, reporters);
        return new MetricRegistryImpl(
                MetricRegistryConfiguration.fromConfiguration(
                        configuration, rpcSystem.getMaximumMessageSizeInBytes(configuration)),
                reporters,
                ReporterSetupBuilder.TRACE_SETUP_BUILDER.fromConfiguration(
                        configuration, DefaultReporterFilters::tracesFromConfiguration, plugins),
                ReporterSetupBuilder.EVENT_SETUP_BUILDER.fromConfiguration(
                        configuration, DefaultReporterFilters::eventsFromConfiguration, plugins));
    }

    @Override
    protected DispatcherResourceManagerComponentFactory
            createDispatcherResourceManagerComponentFactory(Configuration configuration)
                    throws IOException {
        return new DreyComponentFactory(this);
    }

    /** How many there are, or a negative number while no leader answers. */
    private int registeredTaskManagers(Duration timeout) throws InterruptedException {
        try {
            return new Source.Overview()
                    .fetch(gateways, timeout)
                    .thenCombine(
                            new Source.TaskManagers().fetch(gateways, timeout),
                            (overview, taskManagers) -> taskManagers.size())
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The leaders do not answer yet", e);
            return -1;
        }
    }
}
