package dev.drey.client.async;

import dev.drey.model.TriggerId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** An operation whose id the cluster chooses; asked for under a key. */
record KeyedOperation<A, V>(
        OperationToken token,
        KeyedWrite<A> write,
        Function<A, TriggerId> id,
        Function<OperationToken, Question<V>> questions)
        implements Operation<V> {

    @Override
    public boolean isIdChosen() {
        return false;
    }

    @Override
    public CompletableFuture<TriggerId> trigger() {
        return Chain.map(write.first(), id);
    }

    @Override
    public CompletableFuture<TriggerId> recover(Throwable lost, Supplier<Duration> sinceAsked) {
        return Chain.map(write.again(lost), id);
    }

    @Override
    public Question<V> progress(OperationToken known) {
        return questions.apply(known);
    }
}
