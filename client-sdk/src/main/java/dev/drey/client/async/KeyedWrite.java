package dev.drey.client.async;

import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.RequestTimeoutException;
import dev.drey.client.transport.Answer;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A write that any number of attempts do once, or that ends with the word that nobody knows. */
final class KeyedWrite<T> {
    private final Transport transport;
    private final Instances instances;
    private final Request request;
    private final Class<T> answer;
    private final String key;
    private final String what;
    private final Instant askedAt;

    /** Who answered where when it was sent. */
    private volatile Map<URI, String> before = Map.of();

    KeyedWrite(
            Transport transport,
            Instances instances,
            Request request,
            Class<T> answer,
            String key,
            String what,
            InstantSource clock) {
        this.transport = transport;
        this.instances = instances;
        this.request = request.withHeader(Operations.KEY, key);
        this.answer = answer;
        this.key = key;
        this.what = what;
        this.askedAt = clock.instant();
    }

    /**
     * Sends it, and once more if its answer was lost and that is safe; not if its time was over.
     */
    CompletableFuture<T> send() {
        return Chain.recover(Chain.recover(first(), this::afterFirst), this::told);
    }

    private CompletableFuture<T> afterFirst(Throwable failure) {
        return OperationPoller.isLost(failure) && !(failure instanceof RequestTimeoutException)
                ? Chain.recover(again(failure), later -> stillUnknown(failure, later))
                : CompletableFuture.failedFuture(failure);
    }

    /** That nobody is reached any more says nothing of the attempt before. */
    private CompletableFuture<T> stillUnknown(Throwable lost, Throwable later) {
        return CompletableFuture.failedFuture(
                later instanceof FlinkConnectionException
                                || later instanceof RequestTimeoutException
                        ? outcomeUnknown(lost)
                        : later);
    }

    /** The first attempt. */
    CompletableFuture<T> first() {
        return Chain.then(
                instances.known(),
                nothing -> {
                    before = instances.seen();
                    return seen(transport.ask(request, answer));
                });
    }

    /**
     * Another attempt, at the process that was asked before; an {@link OutcomeUnknownException} if
     * it is not known which that was, or it is no more.
     *
     * @param lost what an attempt failed with
     */
    CompletableFuture<T> again(Throwable lost) {
        Optional<Instances.Peer> asked = Instances.asked(lost, before);
        if (asked.isEmpty()) {
            return CompletableFuture.failedFuture(outcomeUnknown(lost));
        }
        return Chain.recover(
                seen(transport.ask(asked.get().alone(request), answer)),
                failure ->
                        CompletableFuture.failedFuture(
                                Instances.isOther(failure) ? outcomeUnknown(lost) : failure));
    }

    private CompletableFuture<T> seen(CompletableFuture<Answer<T>> attempt) {
        return Chain.map(
                attempt,
                told -> {
                    instances.see(told);
                    return told.body();
                });
    }

    private CompletableFuture<T> told(Throwable failure) {
        return CompletableFuture.failedFuture(
                OperationPoller.isLost(failure) ? outcomeUnknown(failure) : failure);
    }

    private OutcomeUnknownException outcomeUnknown(Throwable cause) {
        return new OutcomeUnknownException(key, what, askedAt, cause);
    }
}
