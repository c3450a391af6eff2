package dev.drey.server.async;

import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.error.SerializedThrowable;
import dev.drey.server.ClusterGateways;
import dev.drey.server.error.SerializedThrowables;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.util.FlinkException;

/**
 * An asynchronous operation that was triggered under an id.
 *
 * @param <V> its outcome, as a user is shown it
 */
public interface Operation<V> {

    /** What it was triggered under. */
    TriggerId id();

    /** Where its status is asked for. */
    String statusPath();

    /** What is asked for, as a message to a user names it. */
    String description();

    /**
     * Asks how far it is.
     *
     * @return fails with a {@link jakarta.ws.rs.NotFoundException} if nobody knows it
     */
    CompletableFuture<AsynchronousOperationResult<V>> ask(ClusterGateways gateways);

    /** The outcome of one that failed. */
    V failed(SerializedThrowable cause);

    /**
     * The outcome of one that the cluster does not know any more.
     *
     * @param reason says that the outcome is unknown, which it is unless something proves it
     */
    default CompletableFuture<V> lost(FlinkException reason) {
        return CompletableFuture.completedFuture(failed(SerializedThrowables.of(reason)));
    }
}
