package dev.drey.server.modes;

import static java.util.Objects.requireNonNull;

import dev.drey.server.LeaderBlobs;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.blob.BlobServer;
import org.apache.flink.runtime.blob.TransientBlobCache;
import org.apache.flink.runtime.blob.TransientBlobService;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;

/**
 * The blob servers of leaders: this process's own where it leads, else another's, from which files
 * are fetched. Who leads may have changed since a file was put, and is asked for every one.
 */
final class BlobServers implements LeaderBlobs, AutoCloseable {

    private static final String FETCHED = "blobs";

    private final Optional<Own> own;
    private final TransientBlobCache fetched;
    private final Duration timeout;

    private BlobServers(Optional<Own> own, TransientBlobCache fetched, Duration timeout) {
        this.own = own;
        this.fetched = fetched;
        this.timeout = timeout;
    }

    /** All of them are in other processes. */
    static BlobServers ofOthers(Configuration configuration) throws IOException {
        return open(configuration, Optional.empty());
    }

    /**
     * One of them may be {@code own}.
     *
     * @param host the name that this process's RPC goes by
     */
    static BlobServers with(BlobServer own, String host, Configuration configuration)
            throws IOException {
        return open(configuration, Optional.of(new Own(own, host)));
    }

    private static BlobServers open(Configuration configuration, Optional<Own> own)
            throws IOException {
        return new BlobServers(
                own,
                new TransientBlobCache(
                        configuration,
                        new File(configuration.get(WebOptions.TMP_DIR), FETCHED),
                        null),
                configuration.get(RpcOptions.ASK_TIMEOUT_DURATION));
    }

    @Override
    public CompletableFuture<TransientBlobService> of(DispatcherGateway leader) {
        return leader.getBlobServerPort(timeout).thenApply(port -> at(leader.getHostname(), port));
    }

    private TransientBlobService at(String host, int port) {
        if (own.isPresent() && own.get().isAt(host, port)) {
            return own.get().server();
        }
        fetched.setBlobServerAddress(new InetSocketAddress(host, port));
        return fetched;
    }

    @Override
    public void close() throws IOException {
        fetched.close();
    }

    /** The one in this process. */
    private record Own(BlobServer server, String host) {

        Own {
            requireNonNull(server, "server is null");
            requireNonNull(host, "host is null");
        }

        boolean isAt(String otherHost, int port) {
            return host.equals(otherHost) && server.getPort() == port;
        }
    }
}
