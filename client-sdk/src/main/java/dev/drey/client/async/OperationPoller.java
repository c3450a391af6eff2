package dev.drey.client.async;

import static java.util.Objects.requireNonNull;

import dev.drey.client.error.ClientClosedException;
import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.RequestTimeoutException;
import dev.drey.client.error.UnreadableAnswerException;
import dev.drey.client.error.UnsupportedByServerException;
import dev.drey.model.TriggerId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Waits for what takes its time on the cluster, and never longer than its deadline: the one poller
 * of all operations, and of whatever else is asked for until it has come.
 */
public final class OperationPoller implements AutoCloseable {
    private static final Set<Integer> TRANSIENT_STATUSES = Set.of(429, 502, 503, 504);

    /** How many questions the server may hold back at once: each holds a connection. */
    static final int HELD = 32;

    /** Shorter than proxies wait for an answer. */
    static final Duration WAIT = Duration.ofSeconds(30);

    /** An answer that took less was not held, whatever it says. */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final PollSettings settings;
    private final ScheduledExecutorService timer;
    private final Executor callbacks;
    private final Clocks clocks;
    private final DoubleSupplier chance;
    private final Semaphore held = new Semaphore(HELD);
    private final Set<Waiting<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param timer counts the delays, and does nothing else
     * @param callbacks where questions are asked and deadlines told
     */
    public OperationPoller(
            PollSettings settings, ScheduledExecutorService timer, Executor callbacks) {
        this(
                settings,
                timer,
                callbacks,
                new Clocks(System::nanoTime, InstantSource.system()),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * @param chance from 0 to 1, by how much delays are as long as they may be
     */
    OperationPoller(
            PollSettings settings,
            ScheduledExecutorService timer,
            Executor callbacks,
            Clocks clocks,
            DoubleSupplier chance) {
        this.settings = requireNonNull(settings, "settings is null");
        this.timer = requireNonNull(timer, "timer is null");
        this.callbacks = requireNonNull(callbacks, "callbacks is null");
        this.clocks = requireNonNull(clocks, "clocks is null");
        this.chance = requireNonNull(chance, "chance is null");
    }

    /**
     * What time it is.
     *
     * @param nanos never goes back
     * @param wall what people call the time
     */
    record Clocks(LongSupplier nanos, InstantSource wall) {}

    Clocks clocks() {
        return clocks;
    }

    /** One for each answer that the server may hold back, or take long to give, at once. */
    public Semaphore held() {
        return held;
    }

    PollSettings settings() {
        return settings;
    }

    /** Triggers an operation, once and at once, and follows it when that is acknowledged. */
    <V> OperationFuture<V> trigger(Operation<V> operation) {
        Following<V> following =
                new Following<>(
                        operation.token().askedAt(clocks.wall().instant()), operation::progress);
        following.start(settings.deadline());
        following.trigger(operation);
        return following.future(operation.isIdChosen());
    }

    /**
     * Follows an operation that was triggered before; its status is asked for at once.
     *
     * @param token under the id that the cluster knows it by
     */
    <V> OperationFuture<V> resume(
            OperationToken token, Function<OperationToken, Question<V>> questions) {
        Following<V> following = new Following<>(token, questions);
        following.start(settings.deadline());
        following.acknowledged.complete(token.id());
        following.poll();
        return following.future(true);
    }

    /**
     * Asks until the answer is that it has ended; first at once.
     *
     * @param what is waited for, in words
     */
    <V> CompletableFuture<V> await(Question<V> question, String what, Duration deadline) {
        Waiting<V> waiting =
                new Waiting<>() {
                    @Override
                    Question<V> question() {
                        return question;
                    }

                    @Override
                    String description() {
                        return what;
                    }

                    @Override
                    Throwable failed(Progress<V> progress) {
                        throw new IllegalStateException(what + " cannot fail");
                    }
                };
        waiting.start(deadline);
        waiting.poll();
        return waiting.result;
    }

    /** Ends all waiting with a {@link ClientClosedException}; the operations go on. */
    @Override
    public void close() {
        closed = true;
        running.forEach(waiting -> waiting.fail(new ClientClosedException()));
    }

    /** Whether asking again may help. */
    static boolean isTransient(Throwable failure) {
        return failure instanceof FlinkConnectionException
                || failure instanceof RequestTimeoutException
                || (failure instanceof FlinkRestException answered
                        && !(failure instanceof UnsupportedByServerException)
                        && TRANSIENT_STATUSES.contains(answered.status()));
    }

    /** Whether a write that failed so may have taken place. */
    static boolean isLost(Throwable failure) {
        if (failure instanceof FlinkConnectionException connection) {
            return connection.mayHaveTakenPlace();
        }
        if (failure instanceof RequestTimeoutException timeout) {
            return timeout.mayHaveTakenPlace();
        }
        // 504 is what both a proxy and Drey answer when they have passed it on and heard nothing.
        return (failure instanceof UnreadableAnswerException unread
                        && (unread.status() < 400 || unread.status() >= 500))
                || (failure instanceof FlinkRestException answered && answered.status() == 504);
    }

    static Throwable strip(Throwable failure) {
        Throwable stripped = failure;
        while ((stripped instanceof CompletionException || stripped instanceof ExecutionException)
                && stripped.getCause() != null) {
            stripped = stripped.getCause();
        }
        return stripped;
    }

    private static <T> CompletableFuture<T> guarded(
            String what, Supplier<CompletableFuture<T>> call) {
        try {
            return requireNonNull(call.get(), what + " gave null");
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** One row of questions. They follow each other; only the end can come from anywhere. */
    @SuppressWarnings("FutureReturnValueIgnored") // what is chained to a future only passes it on
    private abstract class Waiting<V> {
        final CompletableFuture<V> result = new CompletableFuture<>();

        /** The delay or the request that is under way: what an end must end, too. */
        private final AtomicReference<Future<?>> step = new AtomicReference<>();

        /** Runs from the first question of a row that the cluster did not answer. */
        private final AtomicReference<Future<?>> silence = new AtomicReference<>();

        private volatile Duration nextDelay = settings.firstDelay();
        private volatile Throwable lastProblem;

        abstract Question<V> question();

        abstract String description();

        abstract Throwable failed(Progress<V> progress);

        /** What tells that nothing was heard for too long. */
        Throwable expired(Duration limit) {
            return new OperationTimeoutException(description(), limit, lastProblem);
        }

        void fail(Throwable cause) {
            result.completeExceptionally(cause);
        }

        void start(Duration deadline) {
            running.add(this);
            result.whenComplete(
                    (value, cause) -> {
                        running.remove(this);
                        end(step);
                        end(silence);
                    });
            Future<?> expiry =
                    after(
                            deadline,
                            () ->
                                    fail(
                                            new OperationTimeoutException(
                                                    description(), deadline, lastProblem)));
            result.whenComplete((value, cause) -> expiry.cancel(false));
            if (closed) {
                fail(new ClientClosedException());
            }
        }

        void poll() {
            if (result.isDone()) {
                return;
            }
            boolean mayBeHeld = held.tryAcquire();
            long asked = clocks.nanos().getAsLong();
            CompletableFuture<Progress<V>> answer =
                    guarded(
                            "status",
                            () -> question().ask(mayBeHeld ? Optional.of(WAIT) : Optional.empty()));
            take(step, answer);
            answer.whenComplete(
                    (progress, cause) -> {
                        if (mayBeHeld) {
                            held.release();
                        }
                        learn(asked, progress, cause);
                    });
        }

        private void learn(long asked, Progress<V> progress, Throwable cause) {
            try {
                if (cause != null) {
                    learnFailure(strip(cause));
                    return;
                }
                heard();
                if (progress.failure() != null) {
                    fail(failed(progress));
                } else if (progress.ended()) {
                    result.complete(progress.outcome());
                } else if (progress.held() && since(asked).compareTo(SHORTEST_WAIT) >= 0) {
                    poll();
                } else {
                    later(this::poll);
                }
            } catch (RuntimeException e) {
                // Nobody but the result would ever hear of it.
                fail(e);
            }
        }

        private void learnFailure(Throwable cause) {
            if (isTransient(cause)) {
                notHeard(cause);
                later(this::poll, cause);
                return;
            }
            CompletableFuture<V> instead = guarded("inPlaceOf", () -> question().inPlaceOf(cause));
            take(step, instead);
            instead.whenComplete(
                    (value, failure) -> {
                        if (failure != null) {
                            fail(strip(failure));
                        } else {
                            result.complete(value);
                        }
                    });
        }

        void heard() {
            end(silence);
        }

        void notHeard(Throwable problem) {
            lastProblem = problem;
            if (silence.get() == null) {
                Duration limit = settings.longestSilence();
                take(silence, after(limit, () -> fail(expired(limit))));
            }
        }

        void later(Runnable next) {
            later(next, Duration.ZERO);
        }

        /** Not before the answer says that it makes sense. */
        void later(Runnable next, Throwable failure) {
            later(
                    next,
                    failure instanceof FlinkRestException answered
                            ? answered.retryAfter().orElse(Duration.ZERO)
                            : Duration.ZERO);
        }

        private void later(Runnable next, Duration atLeast) {
            if (result.isDone()) {
                return;
            }
            Duration delay = nextDelay;
            Duration doubled = delay.multipliedBy(2);
            nextDelay =
                    doubled.compareTo(settings.longestDelay()) > 0
                            ? settings.longestDelay()
                            : doubled;
            Duration shortened = shortened(delay);
            take(step, after(shortened.compareTo(atLeast) < 0 ? atLeast : shortened, next));
        }

        private Duration shortened(Duration delay) {
            return Duration.ofNanos((long) (delay.toNanos() * (0.5 + chance.getAsDouble() / 2)));
        }

        /** Puts {@code next} into its place, or ends it if this has ended meanwhile. */
        void take(AtomicReference<Future<?>> place, Future<?> next) {
            place.set(next);
            if (result.isDone()) {
                end(place);
            }
        }

        private void end(AtomicReference<Future<?>> place) {
            Future<?> current = place.getAndSet(null);
            if (current != null) {
                current.cancel(false);
            }
        }

        Future<?> after(Duration delay, Runnable task) {
            try {
                return timer.schedule(
                        () -> handOver(task), delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                fail(new ClientClosedException());
                return CompletableFuture.completedFuture(null);
            }
        }

        private void handOver(Runnable task) {
            try {
                callbacks.execute(task);
            } catch (RejectedExecutionException e) {
                fail(new ClientClosedException());
            }
        }

        Duration since(long nanos) {
            return Duration.ofNanos(clocks.nanos().getAsLong() - nanos);
        }
    }

    /** One operation. */
    @SuppressWarnings("FutureReturnValueIgnored") // what is chained to a future only passes it on
    private final class Following<V> extends Waiting<V> {
        private final Function<OperationToken, Question<V>> questions;
        private final TriggerId chosenId;
        private final CompletableFuture<TriggerId> acknowledged = new CompletableFuture<>();
        private final long began = clocks.nanos().getAsLong();
        private volatile OperationToken token;
        private volatile Question<V> question;

        /** What an attempt failed with that may have taken place all the same. */
        private volatile Throwable lost;

        Following(OperationToken token, Function<OperationToken, Question<V>> questions) {
            this.questions = questions;
            this.chosenId = token.id();
            this.token = token;
            this.question = questions.apply(token);
        }

        OperationFuture<V> future(boolean isIdChosen) {
            return new OperationFuture<>(
                    chosenId,
                    acknowledged,
                    result,
                    () -> {
                        if (!isIdChosen && !isTaken()) {
                            throw new IllegalStateException(
                                    "There is no token yet: %s is not acknowledged"
                                            .formatted(token.description()));
                        }
                        return token;
                    });
        }

        private boolean isTaken() {
            return acknowledged.isDone() && !acknowledged.isCompletedExceptionally();
        }

        @Override
        Question<V> question() {
            return question;
        }

        @Override
        String description() {
            return "Operation %s, %s,".formatted(token.id(), token.description());
        }

        @Override
        Throwable failed(Progress<V> progress) {
            return new OperationFailedException(token.id(), progress.failure());
        }

        @Override
        Throwable expired(Duration limit) {
            return acknowledged.isDone() ? super.expired(limit) : outcomeUnknown();
        }

        void trigger(Operation<V> operation) {
            attempt(operation, guarded("trigger", operation::trigger));
        }

        private void attempt(Operation<V> operation, CompletableFuture<TriggerId> answer) {
            answer.whenComplete(
                    (id, failure) -> {
                        if (failure == null) {
                            acknowledge(id);
                        } else {
                            learnRefusal(operation, strip(failure));
                        }
                    });
        }

        private void acknowledge(TriggerId id) {
            if (id != null && !id.equals(token.id())) {
                token = token.withId(id);
                question = questions.apply(token);
            }
            heard();
            acknowledged.complete(token.id());
            later(this::poll);
        }

        private void learnRefusal(Operation<V> operation, Throwable failure) {
            boolean first = lost == null;
            if (isLost(failure)) {
                lost = failure;
            }
            if (lost == null || !(isLost(failure) || isTransient(failure))) {
                refused(failure);
                return;
            }
            notHeard(outcomeUnknown());
            if (first) {
                // Nothing else ends the acknowledgement if the waiting ends between two attempts.
                result.whenComplete(
                        (value, cause) -> acknowledged.completeExceptionally(outcomeUnknown()));
            }
            later(() -> recover(operation), failure);
        }

        private void recover(Operation<V> operation) {
            if (!result.isDone()) {
                attempt(
                        operation,
                        guarded("recover", () -> operation.recover(lost, () -> since(began))));
            }
        }

        private OutcomeUnknownException outcomeUnknown() {
            return new OutcomeUnknownException(
                    chosenId.value(), token.description(), token.askedAt().orElseThrow(), lost);
        }

        private void refused(Throwable cause) {
            acknowledged.completeExceptionally(cause);
            fail(cause);
        }
    }
}
