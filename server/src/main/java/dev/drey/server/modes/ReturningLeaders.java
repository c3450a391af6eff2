package dev.drey.server.modes;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalListener;
import org.apache.flink.runtime.rpc.RpcGateway;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;

/**
 * Doubts a leader that comes back as the one it was. When ZooKeeper is there again after an outage,
 * it still shows the old leader, which gave up when the outage began, until it has ended that
 * leader's session. Only a new leader is believed at once.
 */
final class ReturningLeaders<T extends RpcGateway>
        implements LeaderRetrievalListener, GatewayRetriever<T> {

    private final GatewayRetriever<T> retriever;
    private final LeaderRetrievalListener listener;
    private final long session;
    private final LongSupplier nanoTime;
    private final CompletableFuture<T> nobody = new CompletableFuture<>();
    private UUID leader;
    private long lost;
    private boolean away = true;
    private volatile long believed;

    private ReturningLeaders(
            GatewayRetriever<T> retriever,
            LeaderRetrievalListener listener,
            Duration session,
            LongSupplier nanoTime) {
        this.retriever = requireNonNull(retriever, "retriever is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.session = session.toNanos();
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
        this.believed = nanoTime.getAsLong();
    }

    /**
     * Those of {@code retriever}, which is told what this is told.
     *
     * @param session how long the session of a leader lives that is not heard of
     */
    static <T extends RpcGateway, R extends GatewayRetriever<T> & LeaderRetrievalListener>
            ReturningLeaders<T> of(R retriever, Duration session, LongSupplier nanoTime) {
        return new ReturningLeaders<>(retriever, retriever, session, nanoTime);
    }

    @Override
    public synchronized void notifyLeaderAddress(String address, UUID id) {
        long now = nanoTime.getAsLong();
        if (id == null) {
            if (!away) {
                lost = now;
            }
        } else if (away && id.equals(leader)) {
            // A short absence is more likely one of our own connection.
            believed = now + Math.min(now - lost, session);
        } else if (!id.equals(leader)) {
            believed = now;
        }
        away = id == null;
        leader = id == null ? leader : id;
        listener.notifyLeaderAddress(address, id);
    }

    @Override
    public void handleError(Exception failure) {
        listener.handleError(failure);
    }

    @Override
    public CompletableFuture<T> getFuture() {
        return nanoTime.getAsLong() - believed < 0 ? nobody : retriever.getFuture();
    }
}
