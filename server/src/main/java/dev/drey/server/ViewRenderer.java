package dev.drey.server;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.drey.server.archive.Ended;
import dev.drey.server.error.Failures;
import jakarta.ws.rs.ServerErrorException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one place where the data of a read is fetched and becomes an answer. */
public final class ViewRenderer {

    private final SharedFetches fetches;
    private final ObjectWriter json;
    private final Executor executor;
    private final Duration timeout;

    /**
     * @param json writes the bodies
     * @param executor runs converters and writes answers, so that no thread of the cluster does
     * @param timeout how long a read waits for the cluster
     */
    public ViewRenderer(
            SharedFetches fetches, ObjectWriter json, Executor executor, Duration timeout) {
        this.fetches = requireNonNull(fetches, "fetches is null");
        this.json = requireNonNull(json, "json is null");
        this.executor = requireNonNull(executor, "executor is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
    }

    /** The answer that shows {@code view}; 504 if the cluster does not answer in time. */
    public CompletionStage<Response> render(View view) {
        return fetches.get(view.source())
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(explained(view.source(), failure)))
                .thenApplyAsync(answer -> show(view, answer), executor);
    }

    /** The answer that shows {@code view} of what has ended. */
    public CompletionStage<Response> render(View view, Ended ended) {
        return ended.answer(view.source(), fetches).thenApply(answer -> show(view, answer));
    }

    /** The answer that shows {@code fetched}, which is of the view's source. */
    Response show(View view, Object fetched) {
        return Response.ok(bytes(view.body(fetched))).build();
    }

    private Throwable explained(Source<?> source, Throwable failure) {
        Throwable cause = Failures.strip(failure);
        if (cause instanceof TimeoutException) {
            // Flink's RPC says what its own time is; ours says nothing.
            String limit =
                    cause.getMessage() == null
                            ? "%s is %d ms"
                                    .formatted(DreyOptions.READ_TIMEOUT.key(), timeout.toMillis())
                            : Failures.line(cause);
            return new ServerErrorException(
                    "The cluster did not answer in time when asked for %s: %s"
                            .formatted(source.description(), limit),
                    Response.Status.GATEWAY_TIMEOUT,
                    cause);
        }
        return cause;
    }

    private byte[] bytes(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new CompletionException(e);
        }
    }
}
