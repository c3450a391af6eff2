package dev.drey.client.transport;

import dev.drey.client.error.ClientClosedException;
import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.RequestTimeoutException;
import dev.drey.client.error.UnreadableAnswerException;
import dev.drey.client.error.UnsupportedByServerException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ContentTooLongException;

/**
 * A request until it is answered, given up or ended: one try after the other, each an {@link
 * Exchange}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is chained to a future only passes it on
final class Call<R> {
    private static final Set<Integer> WORTH_ASKING_AGAIN = Set.of(429, 502, 503, 504);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    /** What all calls of a client share. */
    record Sharing(
            Endpoints endpoints,
            RetrySettings retries,
            RetryBudget budget,
            Executor workers,
            ScheduledExecutorService timer,
            LongSupplier nanoTime,
            DoubleSupplier random) {}

    /** Starts an exchange on the wire. */
    interface Wire<R> {
        void start(Exchange<R> exchange);
    }

    private final Request request;
    private final Duration total;
    private final Optional<Duration> each;
    private final Function<Endpoint, Exchange<R>> exchanges;
    private final Wire<R> wire;
    private final Sharing shared;
    private final long start;
    private final CompletableFuture<R> result = new CompletableFuture<>();

    /** The tries of this round, which ends when every endpoint has failed. */
    private final List<Endpoint> tried = new ArrayList<>();

    private int pauses;
    private Throwable worst;
    private Duration demanded = Duration.ZERO;
    private boolean hopeful;
    private boolean mayHaveTakenPlace;
    private Exchange<R> current;
    private Future<?> pause;
    private boolean over;

    /**
     * @param total from now to the last byte of the answer
     * @param each how long a try may keep others waiting, once it has a connection
     */
    Call(
            Request request,
            Duration total,
            Optional<Duration> each,
            Function<Endpoint, Exchange<R>> exchanges,
            Wire<R> wire,
            Sharing shared) {
        this.request = request;
        this.total = total;
        this.each = each;
        this.exchanges = exchanges;
        this.wire = wire;
        this.shared = shared;
        this.start = shared.nanoTime.getAsLong();
    }

    CompletableFuture<R> result() {
        return result;
    }

    void start() {
        Future<?> deadline =
                shared.timer.schedule(this::expire, nanos(total), TimeUnit.NANOSECONDS);
        result.whenComplete(
                (answer, failure) -> {
                    deadline.cancel(false);
                    if (failure != null) {
                        end();
                    }
                });
        ask(target());
    }

    private Endpoint target() {
        return request.endpoint()
                .map(shared.endpoints::at)
                .orElseGet(() -> shared.endpoints.next(List.of()).orElseThrow());
    }

    /** Ends what is under way, and blocks nothing. Whoever calls it tells why. */
    void end() {
        Exchange<R> exchange;
        synchronized (this) {
            exchange = current;
            if (pause != null) {
                pause.cancel(false);
            }
        }
        if (exchange != null) {
            exchange.end();
        }
    }

    private void ask(Endpoint endpoint) {
        try {
            tryAt(endpoint);
        } catch (RuntimeException e) {
            // Nobody but the result would ever hear of it.
            result.completeExceptionally(e);
        }
    }

    private void tryAt(Endpoint endpoint) {
        Exchange<R> exchange = exchanges.apply(endpoint);
        boolean others;
        synchronized (this) {
            if (over) {
                return;
            }
            current = exchange;
            tried.add(endpoint);
            others = request.endpoint().isEmpty() && shared.endpoints.next(tried).isPresent();
        }
        if (result.isDone()) {
            return;
        }
        if (others && request.isRepeatable()) {
            each.ifPresent(limit -> limit(exchange, limit));
        }
        exchange.result()
                .whenComplete(
                        (answer, failure) -> {
                            if (failure == null) {
                                shared.endpoints.works(endpoint);
                                result.complete(answer);
                            } else {
                                failed(endpoint, exchange, failure);
                            }
                        });
        wire.start(exchange);
        if (result.isCompletedExceptionally()) {
            // Whoever ended the call may have looked before this exchange was the current one.
            exchange.end();
        }
    }

    private void limit(Exchange<R> exchange, Duration limit) {
        exchange.whenSent(
                () -> {
                    Future<?> expiry =
                            shared.timer.schedule(
                                    () -> endTry(exchange, limit),
                                    nanos(limit),
                                    TimeUnit.NANOSECONDS);
                    exchange.result().whenComplete((answer, failure) -> expiry.cancel(false));
                });
    }

    private void endTry(Exchange<R> exchange, Duration limit) {
        exchange.end();
        handOver(
                () ->
                        exchange.result()
                                .completeExceptionally(
                                        new RequestTimeoutException(
                                                request.method(),
                                                exchange.uri(),
                                                limit,
                                                exchange.isSent(),
                                                null)));
    }

    private void expire() {
        Exchange<R> last;
        synchronized (this) {
            over = true;
            last = current;
        }
        if (last != null && last.isSent() && !last.result().isDone()) {
            // Who says nothing for so long is left alone for a while.
            shared.endpoints.fails(last.endpoint(), Duration.ZERO);
        }
        end();
        handOver(
                () -> {
                    RequestTimeoutException timeout;
                    synchronized (this) {
                        timeout =
                                new RequestTimeoutException(
                                        request.method(),
                                        current.uri(),
                                        total,
                                        mayHaveTakenPlace || current.isSent(),
                                        worst);
                    }
                    result.completeExceptionally(timeout);
                });
    }

    private void handOver(Runnable task) {
        try {
            shared.workers.execute(task);
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new ClientClosedException());
        }
    }

    private void failed(Endpoint endpoint, Exchange<R> exchange, Throwable failure) {
        if (result.isDone()) {
            return;
        }
        if (!mayBeAskedAgain(failure)) {
            if (failure instanceof FlinkRestException) {
                shared.endpoints.works(endpoint);
            }
            result.completeExceptionally(told(failure));
            return;
        }
        note(endpoint, exchange, failure);
        Optional<Endpoint> next;
        synchronized (this) {
            next = request.endpoint().isPresent() ? Optional.empty() : shared.endpoints.next(tried);
        }
        next.ifPresentOrElse(this::ask, this::pause);
    }

    private boolean mayBeAskedAgain(Throwable failure) {
        if (failure instanceof FlinkConnectionException lost) {
            // What is no HTTP, or too long, will not become anything else.
            return lost.getCause() instanceof IOException
                    && !(lost.getCause() instanceof ContentTooLongException)
                    && (request.isRepeatable() || !lost.mayHaveTakenPlace());
        }
        if (failure instanceof FlinkRestException answer) {
            return WORTH_ASKING_AGAIN.contains(answer.status())
                    && !(answer instanceof UnsupportedByServerException)
                    && (request.isRepeatable() || isSurelyNotDone(answer));
        }
        return failure instanceof RequestTimeoutException && request.isRepeatable();
    }

    private static boolean isSurelyNotDone(FlinkRestException answer) {
        return answer.status() == TOO_MANY_REQUESTS
                || (answer.status() == UNAVAILABLE
                        && !(answer instanceof UnreadableAnswerException));
    }

    private void note(Endpoint endpoint, Exchange<R> exchange, Throwable failure) {
        Duration retryAfter = Duration.ZERO;
        boolean answered = false;
        boolean failing = true;
        if (failure instanceof FlinkRestException answer) {
            retryAfter = answer.retryAfter().orElse(Duration.ZERO);
            answered = true;
            failing = answer.status() == UNAVAILABLE || answer.status() == TOO_MANY_REQUESTS;
        }
        if (failing) {
            shared.endpoints.fails(endpoint, retryAfter);
        }
        synchronized (this) {
            if (answered || !(worst instanceof FlinkRestException)) {
                worst = failure;
            }
            demanded = retryAfter.compareTo(demanded) > 0 ? retryAfter : demanded;
            hopeful |= !isMisconfigured(failure);
            mayHaveTakenPlace |= !answered && exchange.isSent();
        }
    }

    /** Waiting does not help. */
    private static boolean isMisconfigured(Throwable failure) {
        return failure.getCause() instanceof UnknownHostException
                || failure.getCause() instanceof SSLException;
    }

    private void pause() {
        Throwable failure;
        Duration wait;
        boolean again;
        synchronized (this) {
            failure = worst;
            wait = nextPause();
            again =
                    hopeful
                            && pauses < shared.retries.maxPauses()
                            && wait.compareTo(left()) < 0
                            && shared.budget.take();
            if (again) {
                pauses++;
                tried.clear();
                demanded = Duration.ZERO;
                hopeful = false;
                try {
                    pause =
                            shared.timer.schedule(
                                    () -> handOver(this::askAgain),
                                    nanos(wait),
                                    TimeUnit.NANOSECONDS);
                } catch (RejectedExecutionException e) {
                    failure = new ClientClosedException();
                    again = false;
                }
            }
        }
        if (!again) {
            result.completeExceptionally(told(failure));
        } else if (result.isDone()) {
            end();
        }
    }

    private Duration nextPause() {
        Duration grown =
                Backoff.nth(pauses + 1, shared.retries.firstPause(), shared.retries.longestPause());
        Duration shortened =
                Duration.ofNanos((long) (nanos(grown) * (1 - shared.random.getAsDouble() / 2)));
        return demanded.compareTo(shortened) > 0 ? demanded : shortened;
    }

    private Duration left() {
        return total.minusNanos(shared.nanoTime.getAsLong() - start);
    }

    private void askAgain() {
        if (!result.isDone()) {
            ask(target());
        }
    }

    /** The last try may not have been sent where one before it was. */
    private synchronized Throwable told(Throwable failure) {
        return mayHaveTakenPlace
                        && failure instanceof FlinkConnectionException lost
                        && !lost.mayHaveTakenPlace()
                ? new FlinkConnectionException(lost.method(), lost.uri(), true, lost.getCause())
                : failure;
    }

    /** As many as there can be: a duration may be longer than a clock counts. */
    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
