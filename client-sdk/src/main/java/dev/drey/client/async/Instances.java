package dev.drey.client.async;

import dev.drey.client.transport.Answer;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.cluster.DashboardConfiguration;
import java.net.URI;
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
            return others;
        }
        var unused =
                transport
                        .ask(Request.get("/config"), DashboardConfiguration.class)
                        .whenComplete(
                                (answer, failure) -> {
                                    if (failure == null) {
                                        see(answer);
                                    } else {
                                        looking.set(null);
                                    }
                                    mine.complete(null);
                                });
        return mine;
    }

    void see(Answer<?> answer) {
        answer.header(Operations.INSTANCE)
                .ifPresentOrElse(
                        instance -> seen.put(answer.endpoint(), instance),
                        () -> seen.remove(answer.endpoint()));
    }

    /** Who was asked by a request to {@code uri}. */
    Optional<Process> asked(URI uri) {
        return seen.entrySet().stream()
                .filter(entry -> uri.toString().startsWith(entry.getKey().toString()))
                .map(entry -> new Process(entry.getKey(), entry.getValue()))
                .findFirst();
    }

    /** A process of Drey. */
    record Process(URI endpoint, String instance) {

        /** {@code request}, for nobody else. */
        Request alone(Request request) {
            return request.at(endpoint).withHeader(Operations.INSTANCE, instance);
        }
    }
}
