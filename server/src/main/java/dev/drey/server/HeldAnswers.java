package dev.drey.server;

import static java.util.Objects.requireNonNull;

import dev.drey.server.http.HeldRequests;
import dev.drey.server.http.Preferences;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.glassfish.grizzly.http.server.Request;

/**
 * Answers views: at once, or, if the client prefers to wait, when there is what it waits for. An
 * answer that is held back holds no thread, and is forgotten when its client hangs up.
 */
final class HeldAnswers {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final ViewRenderer renderer;
    private final Executor executor;
    private final Semaphore places;
    private final Provider<Request> requests;

    @Inject
    HeldAnswers(
            ViewRenderer renderer,
            ServerExecutors executors,
            Configuration configuration,
            Provider<Request> requests) {
        this.renderer = requireNonNull(renderer, "renderer is null");
        this.executor = requireNonNull(executors, "executors is null").rendering();
        this.places = new Semaphore(configuration.get(DreyOptions.WAIT_MAX));
        this.requests = requireNonNull(requests, "requests is null");
    }

    CompletionStage<Response> answer(View view) {
        if (view.awaited().isEmpty()) {
            return renderer.render(view);
        }
        Request request = requests.get();
        Optional<Duration> wait = Preferences.wait(preferences(request)).map(HeldAnswers::atMost);
        return wait.isPresent() && places.tryAcquire()
                ? hold(view, wait.get(), request)
                : renderer.render(view);
    }

    private CompletionStage<Response> hold(View view, Duration most, Request request) {
        CompletableFuture<?> awaited = view.awaited().orElseThrow().get();
        CompletableFuture<Optional<Object>> end =
                awaited.handle((found, failure) -> Optional.<Object>ofNullable(found))
                        .completeOnTimeout(
                                Optional.empty(), most.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Response> answer = new CompletableFuture<>();
        var unused =
                end.whenCompleteAsync(
                        (found, left) -> {
                            places.release();
                            awaited.cancel(false);
                            // Grizzly may be using the request of who left for another one.
                            if (left == null) {
                                give(answer, found, view, most);
                            }
                        },
                        executor);
        HeldRequests.hold(request, () -> end.cancel(false), () -> end.complete(Optional.empty()));
        return answer;
    }

    private void give(
            CompletableFuture<Response> answer, Optional<Object> found, View view, Duration most) {
        var unused =
                CompletableFuture.completedFuture(found)
                        .thenCompose(
                                value ->
                                        value.isPresent()
                                                ? CompletableFuture.completedFuture(
                                                        renderer.show(view, value.get()))
                                                : renderer.render(view))
                        .whenComplete(
                                (response, failure) -> {
                                    if (failure != null) {
                                        answer.completeExceptionally(failure);
                                    } else {
                                        answer.complete(
                                                Response.fromResponse(response)
                                                        .header(
                                                                Preferences.APPLIED,
                                                                Preferences.waited(most))
                                                        .build());
                                    }
                                });
    }

    private static List<String> preferences(Request request) {
        List<String> fields = new ArrayList<>();
        request.getHeaders(Preferences.PREFER).forEach(fields::add);
        return fields;
    }

    private static Duration atMost(Duration wait) {
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
