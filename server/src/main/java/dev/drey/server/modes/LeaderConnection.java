package dev.drey.server.modes;

import static java.util.Objects.requireNonNull;

import dev.drey.server.error.Failures;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalListener;
import org.apache.flink.runtime.rpc.RpcGateway;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a leader in another process. It follows the leader that the HA services name, and is
 * made anew when that one does not answer: without high availability nobody tells that a JobManager
 * was restarted at the same address, where the old gateway leads nowhere.
 */
final class LeaderConnection<T extends RpcGateway>
        implements GatewayRetriever<T>, LeaderRetrievalListener {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderConnection.class);

    private static final long RETRY_AFTER_SECONDS = 1;

    private final String role;
    private final Reaching<T> reaching;
    private Leader leader;
    private boolean reached;
    private boolean asking;
    private CompletableFuture<T> gateway = new CompletableFuture<>();

    /**
     * @param role what the leader is, as a message to a user names it
     */
    LeaderConnection(String role, Reaching<T> reaching) {
        this.role = requireNonNull(role, "role is null");
        this.reaching = requireNonNull(reaching, "reaching is null");
    }

    /** The gateway; failed while the leader does not answer, pending while nobody leads. */
    @Override
    public synchronized CompletableFuture<T> getFuture() {
        return gateway;
    }

    @Override
    public void notifyLeaderAddress(String address, UUID sessionId) {
        synchronized (this) {
            leader =
                    address == null || address.isEmpty() || sessionId == null
                            ? null
                            : new Leader(address, sessionId);
            reached = false;
            asking = false;
            gateway = new CompletableFuture<>();
            LOG.info("The leading {} is {}", role, leader == null ? "nobody" : leader);
        }
        check();
    }

    @Override
    public void handleError(Exception failure) {
        LOG.error("The HA services cannot tell the leading {}", role, failure);
    }

    /**
     * Asks the leader whether it is there, or for a connection to it. It is to be called at
     * intervals; a question that is out is waited for.
     */
    void check() {
        Leader asked;
        CompletableFuture<T> answered;
        synchronized (this) {
            if (leader == null || asking) {
                return;
            }
            asking = true;
            asked = leader;
            try {
                answered = reached ? stillThere(gateway.join()) : connected(asked);
            } catch (RuntimeException e) {
                answered = CompletableFuture.failedFuture(e);
            }
        }
        var unused = answered.whenComplete((there, failure) -> settle(asked, there, failure));
    }

    private CompletableFuture<T> connected(Leader asked) {
        return reaching.connect(asked.address(), asked.sessionId())
                .thenCompose(this::stillThere)
                .thenCompose(there -> reaching.welcome(there).thenApply(welcomed -> there));
    }

    private CompletableFuture<T> stillThere(T there) {
        return reaching.ask(there).thenApply(answer -> there);
    }

    private synchronized void settle(Leader asked, T there, Throwable failure) {
        if (asked != leader) {
            return;
        }
        asking = false;
        if (failure == null && !reached) {
            reached = true;
            gateway = CompletableFuture.completedFuture(there);
            LOG.info("Connected to the {} at {}", role, asked.host());
        } else if (failure != null) {
            if (reached || !gateway.isDone()) {
                LOG.warn(
                        "The {} at {} does not answer: {}",
                        role,
                        asked.host(),
                        Failures.told(Failures.strip(failure)));
            }
            reached = false;
            gateway =
                    CompletableFuture.failedFuture(
                            new ServiceUnavailableException(
                                    "The cluster's %s at %s does not answer: it may be starting, ask again"
                                            .formatted(role, asked.host()),
                                    RETRY_AFTER_SECONDS));
        }
    }

    /** How a leader is reached. None of it blocks. */
    interface Reaching<T> {

        CompletableFuture<T> connect(String address, UUID sessionId);

        /** Any question that a leader answers at once. */
        CompletableFuture<?> ask(T gateway);

        /** What has to be done before the gateway of a new connection is used. */
        default CompletableFuture<?> welcome(T gateway) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Not compared by its content: the same leader may be named again after it was away. */
    private static final class Leader {

        private final String address;
        private final UUID sessionId;

        Leader(String address, UUID sessionId) {
            this.address = address;
            this.sessionId = sessionId;
        }

        String address() {
            return address;
        }

        UUID sessionId() {
            return sessionId;
        }

        /** {@code host:port} of an address such as {@code pekko.tcp://flink@host:port/user/…}. */
        String host() {
            return address.replaceFirst("^[^@]*@([^/]*)/.*$", "$1");
        }

        @Override
        public String toString() {
            return address + " with session " + sessionId;
        }
    }
}
