package dev.drey.client.async;

import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.RequestTimeoutException;
import dev.drey.client.transport.Answer;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.cluster.DashboardConfiguration;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which process was last seen to answer at an endpoint, if Drey does: the one that knows what was
 * written there under a key.
 */
final class Instances {
    private static final int OTHER_PROCESS = 412;

    /** A write does not wait for longer to know whom it is sent to. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Transport transport;
    private final ConcurrentMap<URI, String> seen = new ConcurrentHashMap<>();
    private final AtomicReference<CompletableFuture<Void>> looking = new AtomicReference<>();

    Instances(Transport transport) {
        this.transport = transport;
    }

    /**
     * Completes when somebody was seen, whoever it is; at once but for the first time. That nobody
     * answers is no failure: the next one looks again.
     */
    CompletableFuture<Void> known() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> others = looking.compareAndExchange(null, mine);
        if (others != null) {
            return others.copy();
        }
        var unused =
                transport
                        .ask(
                                Request.get("/config").withTimeout(PATIENCE),
                                DashboardConfiguration.class)
                        .whenComplete(
                                (answer, failure) -> {
                                    if (failure == null) {
                                        see(answer);
                                    } else {
                                        looking.set(null);
                                    }
                                    mine.complete(null);
                                });
        // A copy, for who stops waiting does so for itself alone.
        return mine.copy();
    }

    void see(Answer<?> answer) {
        answer.header(Operations.INSTANCE)
                .ifPresentOrElse(
                        instance -> seen.put(answer.endpoint(), instance),
                        () -> seen.remove(answer.endpoint()));
    }

    /** Who answers where, as far as is known now. */
    Map<URI, String> seen() {
        return Map.copyOf(seen);
    }

    /**
     * Who was asked by the request that failed so.
     *
     * @param before who answered where when it was sent: another process may have come since
     */
    static Optional<Peer> asked(Throwable failure, Map<URI, String> before) {
        return uri(failure).flatMap(uri -> asked(uri, before));
    }

    /** Whether a request was refused because it was for another process. */
    static boolean isOther(Throwable failure) {
        return failure instanceof FlinkRestException refusal && refusal.status() == OTHER_PROCESS;
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

    private static Optional<Peer> asked(URI uri, Map<URI, String> before) {
        return before.entrySet().stream()
                .filter(entry -> isBelow(uri, entry.getKey()))
                .map(entry -> new Peer(entry.getKey(), entry.getValue()))
                .findFirst();
    }

    private static boolean isBelow(URI uri, URI endpoint) {
        return uri.toString().startsWith(endpoint.toString().replaceAll("/+$", "") + "/v1/");
    }

    /** A process of Drey. */
    record Peer(URI endpoint, String instance) {

        /** {@code request}, for nobody else. */
        Request alone(Request request) {
            return request.at(endpoint).withHeader(Operations.INSTANCE, instance);
        }
    }
}
