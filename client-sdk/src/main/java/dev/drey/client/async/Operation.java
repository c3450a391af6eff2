package dev.drey.client.async;

import dev.drey.model.TriggerId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** An operation: how the cluster is asked for it, and how it is asked for its progress. */
interface Operation<V> {

    /** Under the id that was chosen for it. */
    OperationToken token();

    /** Whether the cluster knows it by the id that was chosen for it. */
    boolean isIdChosen();

    /** Asks the cluster for it, for the first time. Completes with the id that it knows it by. */
    CompletableFuture<TriggerId> trigger();

    /**
     * Finds out whether the cluster has taken it on, or asks again where that cannot do it twice;
     * fails with an {@link OutcomeUnknownException} where both are impossible.
     *
     * @param lost what the first or the last attempt failed with
     * @param sinceAsked how long ago the first attempt began, at any time
     */
    CompletableFuture<TriggerId> recover(Throwable lost, Supplier<Duration> sinceAsked);

    /** Asks how far it is. */
    Question<V> progress(OperationToken token);
}
