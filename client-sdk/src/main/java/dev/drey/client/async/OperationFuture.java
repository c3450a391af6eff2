package dev.drey.client.async;

import dev.drey.model.TriggerId;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * An asynchronous operation of the cluster, seen from here.
 *
 * <p>It has two moments. First the cluster acknowledges the trigger or refuses it: {@link
 * #acknowledged()}. Then the client asks for its status, until the operation has ended: {@link
 * #result()}. A refused trigger ends both. Both always end: if by nothing else, by the deadline of
 * {@link PollSettings}.
 *
 * <p>Nothing is triggered twice. Where the answer to the trigger was lost, the client asks whether
 * the cluster knows the operation, and repeats the trigger only if that cannot start a second one:
 * under an id that the client chose, at a JobManager that still is the one that was asked; under an
 * {@code Idempotency-Key}, at the same process of Drey. Otherwise it ends with an {@link
 * OutcomeUnknownException}.
 *
 * <p>Callbacks run on the client's worker threads, as those of any of its requests; those of an
 * operation that {@link #stopWaiting()}, a cancellation or the closing of the client ends run on
 * the thread that does so.
 */
public final class OperationFuture<T> {
    private final TriggerId triggerId;
    private final CompletableFuture<TriggerId> acknowledged;
    private final CompletableFuture<T> result;
    private final Supplier<OperationToken> token;

    OperationFuture(
            TriggerId triggerId,
            CompletableFuture<TriggerId> acknowledged,
            CompletableFuture<T> result,
            Supplier<OperationToken> token) {
        this.triggerId = triggerId;
        this.acknowledged = acknowledged;
        this.result = result;
        this.token = token;
    }

    /**
     * The operation's id, chosen by the caller or this client before the cluster was asked. A
     * cluster that is too old to accept the id chooses its own, and so does every cluster for a
     * rescaling, a savepoint disposal, the deletion of a data set and a profile: see {@link
     * #acknowledged()}. Of these, this is the {@code Idempotency-Key}.
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
     *   <li>{@link OperationTimeoutException} at the deadline of {@link PollSettings}, or after its
     *       longest silence: after connection trouble, a timeout, and the statuses 429, 502, 503
     *       and 504 the client asks again
     *   <li>{@link UnknownOperationException} if the cluster does not know the operation (any more)
     *   <li>{@link JobGoneException} if it does not know the job either
     *   <li>{@link OutcomeUnknownException} if it is not known whether the cluster was asked for it
     *   <li>{@link dev.drey.client.error.ClientClosedException} if the client is closed
     *   <li>{@link dev.drey.client.error.UnreadableAnswerException} if an answer was not understood
     *   <li>{@link dev.drey.client.error.FlinkRestException} if the cluster refused the trigger or
     *       the question for the status, {@link dev.drey.client.error.FlinkConnectionException} or
     *       {@link dev.drey.client.error.RequestTimeoutException} if the trigger was never sent
     * </ul>
     *
     * Cancelling it is {@link #stopWaiting()}.
     */
    public CompletableFuture<T> result() {
        return result;
    }

    /**
     * Text to be stored, with which any process can go on with the operation: {@link
     * dev.drey.client.FlinkMonitoringClient#resume}. It consists of letters, digits, dots, hyphens
     * and underscores, and holds what the operation does and to what, and nothing about this
     * client.
     *
     * @throws IllegalStateException if the cluster chooses the operation's id, as {@link
     *     #triggerId()} says, and has not acknowledged it yet
     */
    public String token() {
        return token.get().text();
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
