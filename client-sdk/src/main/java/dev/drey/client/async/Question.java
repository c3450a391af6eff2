package dev.drey.client.async;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is asked again and again, until what it asks for has ended. */
public interface Question<V> {

    /**
     * Asks once.
     *
     * @param wait how long the server may hold the answer back until there is something new; empty
     *     if it must answer at once
     */
    CompletableFuture<Progress<V>> ask(Optional<Duration> wait);

    /**
     * What is to be told in place of a failure to answer that asking again does not help: another
     * way to learn the outcome, or a better exception.
     */
    default CompletableFuture<V> inPlaceOf(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }
}
