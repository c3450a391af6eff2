package dev.drey.client.transport;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The endpoints of a client: which one is asked next. The one that works is kept to. One that
 * failed comes last until some time has passed, which doubles while it goes on to fail.
 */
final class Endpoints {
    private static final Duration FIRST_SHUNNING = Duration.ofSeconds(1);
    private static final Duration LONGEST_SHUNNING = Duration.ofSeconds(30);

    private final List<Endpoint> all;
    private final LongSupplier nanoTime;
    private int current;

    Endpoints(List<URI> uris, LongSupplier nanoTime) {
        this.all = uris.stream().distinct().map(Endpoint::new).toList();
        this.nanoTime = nanoTime;
    }

    /**
     * @throws IllegalArgumentException if there is none
     */
    Endpoint at(URI uri) {
        return all.stream()
                .filter(endpoint -> endpoint.uri().equals(uri))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(uri + " is no endpoint of this client"));
    }

    /** The best one that is none of {@code tried}. */
    synchronized Optional<Endpoint> next(Collection<Endpoint> tried) {
        long now = nanoTime.getAsLong();
        return all.stream()
                .filter(endpoint -> !tried.contains(endpoint))
                .min(
                        Comparator.<Endpoint>comparingLong(
                                        endpoint ->
                                                endpoint.failures == 0
                                                        ? 0
                                                        : Math.max(0, endpoint.shunnedUntil - now))
                                .thenComparingInt(this::distance));
    }

    private int distance(Endpoint endpoint) {
        return Math.floorMod(all.indexOf(endpoint) - current, all.size());
    }

    synchronized void works(Endpoint endpoint) {
        endpoint.failures = 0;
        current = all.indexOf(endpoint);
    }

    /**
     * @param atLeast how long it asked to be left alone
     */
    synchronized void fails(Endpoint endpoint, Duration atLeast) {
        endpoint.failures++;
        Duration shunning = Backoff.nth(endpoint.failures, FIRST_SHUNNING, LONGEST_SHUNNING);
        endpoint.shunnedUntil =
                nanoTime.getAsLong()
                        + (atLeast.compareTo(shunning) > 0 ? min(atLeast) : shunning).toNanos();
    }

    private static Duration min(Duration demanded) {
        return demanded.compareTo(LONGEST_SHUNNING) > 0 ? LONGEST_SHUNNING : demanded;
    }
}
