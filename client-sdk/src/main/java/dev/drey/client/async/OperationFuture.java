package dev.drey.client.async;

import dev.drey.model.TriggerId;
import java.util.concurrent.CompletableFuture;

/**
 * An asynchronous operation of the cluster, seen from here.
 *
 * <p>It has two moments. First the cluster acknowledges the trigger or refuses it: {@link
 * #acknowledged()}. Then the client asks for its status, at growing intervals, until the operation
 * has ended: {@link #result()}. A refused trigger ends both.
 *
 * <p>Callbacks run on the client's worker threads, as those of any of its requests; those of an
 * operation that {@link #stopWaiting()}, a cancellation or the closing of the client ends run on
 * the thread that does so.
 */
public final class OperationFuture<T> {
    private final TriggerId triggerId;
    private final CompletableFuture<TriggerId> acknowledged;
    private final CompletableFuture<T> result;

    OperationFuture(
            TriggerId triggerId,
            CompletableFuture<TriggerId> acknowledged,
            CompletableFuture<T> result) {
        this.triggerId = triggerId;
        this.acknowledged = acknowledged;
        this.result = result;
    }

    /**
     * The operation's id, chosen by the caller or this client before the cluster was asked: write
     * it down, and any process can resume the operation. A cluster that is too old to accept the id
     * chooses its own, and so does every cluster for a rescaling, a savepoint disposal and the
     * deletion of a data set: see {@link #acknowledged()}.
     */
    public TriggerId triggerId() {
        return triggerId;
    }

    /**
     * Completes when the cluster has taken the operation on, with the id under which it knows it;
     * exceptionally with what the trigger request failed with, such as {@link
     * dev.drey.client.error.FlinkRestException} for a refusal. Of a resumed operation it is
     * complete. Cancelling it has no effect.
     */
    public CompletableFuture<TriggerId> acknowledged() {
        return acknowledged.copy();
    }

    /**
     * Completes when the operation has ended. Until the trigger is acknowledged, and between two
     * questions, it is pending. It completes exceptionally with
     *
     * <ul>
     *   <li>{@link OperationFailedException} if the operation failed on the cluster
     *   <li>what the trigger request failed with
     *   <li>what a status request failed with, unless another attempt may help: after connection
     *       trouble, a timeout, and the statuses 429, 502, 503 and 504 the client asks again
     *   <li>{@link OperationTimeoutException} at the deadline of {@link PollSettings}, or after its
     *       longest silence
     *   <li>{@link dev.drey.client.error.ClientClosedException} if the client is closed
     * </ul>
     *
     * Cancelling it is {@link #stopWaiting()}.
     */
    public CompletableFuture<T> result() {
        return result;
    }

    /**
     * Stops asking for the status: {@link #result()} completes with a {@link
     * java.util.concurrent.CancellationException}, unless it is complete. The operation on the
     * cluster goes on, and so does a trigger request that is under way.
     */
    public void stopWaiting() {
        result.cancel(false);
    }
}
