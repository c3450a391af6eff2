package dev.drey.server.modes;

import dev.drey.server.ClusterGateways;
import dev.drey.server.RestServer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.entrypoint.SessionClusterEntrypoint;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;

/** Flink's JobManager of a session cluster in this process, with Drey as its endpoint. */
final class SessionCluster extends SessionClusterEntrypoint {

    private final CompletableFuture<Void> stopping = new CompletableFuture<>();
    private volatile RestServer server;
    private volatile ClusterGateways gateways;
    private volatile CompletableFuture<?> leaders;

    SessionCluster(Configuration configuration) {
        super(configuration);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> stopping.complete(null), "drey-stopping"));
    }

    /** The endpoint, once {@link #startCluster} has returned. */
    RestServer server() {
        return server;
    }

    /** The way to the cluster, once {@link #startCluster} has returned. */
    ClusterGateways gateways() {
        return gateways;
    }

    /** Completes when dispatcher and resource manager are known and connected. */
    CompletableFuture<?> leaders() {
        return leaders;
    }

    /** Completes when the process was told to end, by a signal for example. */
    CompletableFuture<Void> stopping() {
        return stopping;
    }

    void serving(RestServer started, ClusterGateways reached, CompletableFuture<?> connected) {
        this.server = started;
        this.gateways = reached;
        this.leaders = connected;
    }

    @Override
    protected DispatcherResourceManagerComponentFactory
            createDispatcherResourceManagerComponentFactory(Configuration configuration)
                    throws IOException {
        return new DreyComponentFactory(this);
    }
}
