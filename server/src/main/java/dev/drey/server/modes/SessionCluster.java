package dev.drey.server.modes;

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

    /** Completes when dispatcher and resource manager are known and connected. */
    CompletableFuture<?> leaders() {
        return leaders;
    }

    /** Completes when the process was told to end, by a signal for example. */
    CompletableFuture<Void> stopping() {
        return stopping;
    }

    void serving(RestServer started, CompletableFuture<?> connected) {
        this.server = started;
        this.leaders = connected;
    }

    @Override
    protected DispatcherResourceManagerComponentFactory
            createDispatcherResourceManagerComponentFactory(Configuration configuration)
                    throws IOException {
        return new DreyComponentFactory(this);
    }
}
