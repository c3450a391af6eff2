package dev.drey.client.async;

import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.RequestTimeoutException;
import dev.drey.client.transport.Answer;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A write that any number of attempts do once, or that ends with the word that nobody knows. */
final class KeyedWrite<T> {
    private static final int OTHER_PROCESS = 412;

    private final Transport transport;
    private final Instances instances;
    private final Request request;
    private final Class<T> answer;
    private final String key;
    private final String what;
    private final Instant askedAt;

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

    /** Sends it, and once more if its answer is lost and that is safe. */
    CompletableFuture<T> send() {
        return Chain.of(
                first(),
                failure ->
                        OperationPoller.isLost(failure)
                                ? Chain.of(
                                        again(failure),
                                        later ->
                                                CompletableFuture.failedFuture(
                                                        told(later)))
                                : CompletableFuture.failedFuture(failure));
    }

    /** The first attempt. */
    CompletableFuture<T> first() {
        return Chain.then(
                instances.known(), nothing -> seen(transport.ask(request, answer)));
    }

    /**
     * Another attempt, at the process that was asked before; an {@link OutcomeUnknownException} if
     * it is not known which that was, or it is no more.
     *
     * @param lost what an attempt failed with
     */
    CompletableFuture<T> again(Throwable lost) {
        Optional<Instances.Process> asked = uri(lost).flatMap(instances::asked);
        if (asked.isEmpty()) {
            return CompletableFuture.failedFuture(outcomeUnknown(lost));
        }
        return Chain.of(
                seen(transport.ask(asked.get().alone(request), answer)),
                failure ->
                        CompletableFuture.failedFuture(
                                failure instanceof FlinkRestException refusal
                                                && refusal.status() == OTHER_PROCESS
                                        ? outcomeUnknown(lost)
                                        : failure));
    }

    private CompletableFuture<T> seen(CompletableFuture<Answer<T>> attempt) {
        return Operations.then(
                attempt,
                told -> {
                    instances.see(told);
                    return told.body();
                });
    }

    private Throwable told(Throwable failure) {
        return OperationPoller.isLost(failure) || OperationPoller.isTransient(failure)
                ? outcomeUnknown(failure)
                : failure;
    }

    private OutcomeUnknownException outcomeUnknown(Throwable cause) {
        return new OutcomeUnknownException(key, what, askedAt, cause);
    }

    private static Optional<URI> uri(Throwable failure) {
        if (failure instanceof FlinkConnectionException connection) {
            return Optional.of(connection.uri());
        }
        if (failure instanceof RequestTimeoutException timeout) {
            return Optional.of(timeout.uri());
        }
        return failure instanceof FlinkRestException answered
                ? Optional.of(answered.uri())
                : Optional.empty();
    }
}
