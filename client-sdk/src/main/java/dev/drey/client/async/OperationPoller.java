package dev.drey.client.async;

import static java.util.Objects.requireNonNull;

import dev.drey.client.error.ClientClosedException;
import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.RequestTimeoutException;
import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.async.QueueStatus;
import dev.drey.model.async.TriggerResponse;
import dev.drey.model.error.SerializedThrowable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Follows asynchronous operations to their end: the one poller of all trigger families. Used by the
 * feature clients.
 */
public final class OperationPoller implements AutoCloseable {
    private static final Set<Integer> TRANSIENT_STATUSES = Set.of(429, 502, 503, 504);

    private final PollSettings settings;
    private final ScheduledExecutorService timer;
    private final Executor callbacks;
    private final Set<Operation<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param timer counts the delays, and does nothing else
     * @param callbacks where questions are asked and deadlines told
     */
    public OperationPoller(
            PollSettings settings, ScheduledExecutorService timer, Executor callbacks) {
        this.settings = requireNonNull(settings, "settings is null");
        this.timer = requireNonNull(timer, "timer is null");
        this.callbacks = requireNonNull(callbacks, "callbacks is null");
    }

    /**
     * Triggers an operation, and follows it once the trigger is acknowledged.
     *
     * @param id the id that {@code trigger} asks for
     * @param trigger called once, at once
     * @param status asks for the status of the operation with an id
     * @param failure why the operation failed, by its outcome; {@code null} if it did not
     */
    public <V> OperationFuture<V> trigger(
            TriggerId id,
            Supplier<CompletableFuture<TriggerResponse>> trigger,
            Function<TriggerId, CompletableFuture<AsynchronousOperationResult<V>>> status,
            Function<V, SerializedThrowable> failure) {
        Operation<V> operation = new Operation<>(id, status, failure);
        operation.start();
        operation.trigger(trigger);
        return operation.future();
    }

    /** Follows an operation that was triggered before; its status is asked for at once. */
    public <V> OperationFuture<V> resume(
            TriggerId id,
            Function<TriggerId, CompletableFuture<AsynchronousOperationResult<V>>> status,
            Function<V, SerializedThrowable> failure) {
        Operation<V> operation = new Operation<>(id, status, failure);
        operation.start();
        operation.acknowledged.complete(id);
        operation.poll();
        return operation.future();
    }

    /** Ends all waiting with a {@link ClientClosedException}; the operations go on. */
    @Override
    public void close() {
        closed = true;
        running.forEach(operation -> operation.fail(new ClientClosedException()));
    }

    private static boolean isTransient(Throwable failure) {
        return failure instanceof FlinkConnectionException
                || failure instanceof RequestTimeoutException
                || (failure instanceof FlinkRestException answered
                        && TRANSIENT_STATUSES.contains(answered.status()));
    }

    private static Throwable strip(Throwable failure) {
        Throwable stripped = failure;
        while ((stripped instanceof CompletionException || stripped instanceof ExecutionException)
                && stripped.getCause() != null) {
            stripped = stripped.getCause();
        }
        return stripped;
    }

    /** One operation. Its steps follow each other; only its end can come from anywhere. */
    @SuppressWarnings("FutureReturnValueIgnored") // what is chained to a future only passes it on
    private final class Operation<V> {
        private final TriggerId chosenId;
        private final Function<TriggerId, CompletableFuture<AsynchronousOperationResult<V>>> status;
        private final Function<V, SerializedThrowable> failure;
        private final CompletableFuture<TriggerId> acknowledged = new CompletableFuture<>();
        private final CompletableFuture<V> result = new CompletableFuture<>();

        /** The delay or the status request that is under way: what an end must end, too. */
        private final AtomicReference<Future<?>> step = new AtomicReference<>();

        /** Runs from the first question of a row that the cluster did not answer. */
        private final AtomicReference<Future<?>> silence = new AtomicReference<>();

        private volatile TriggerId id;
        private volatile Duration nextDelay = settings.firstDelay();
        private volatile Throwable lastFailure;

        Operation(
                TriggerId id,
                Function<TriggerId, CompletableFuture<AsynchronousOperationResult<V>>> status,
                Function<V, SerializedThrowable> failure) {
            this.chosenId = requireNonNull(id, "id is null");
            this.id = id;
            this.status = requireNonNull(status, "status is null");
            this.failure = requireNonNull(failure, "failure is null");
        }

        OperationFuture<V> future() {
            return new OperationFuture<>(chosenId, acknowledged, result);
        }

        void fail(Throwable cause) {
            result.completeExceptionally(cause);
        }

        void start() {
            running.add(this);
            result.whenComplete(
                    (value, cause) -> {
                        running.remove(this);
                        end(step);
                        end(silence);
                    });
            settings.deadline().ifPresent(this::startDeadline);
            if (closed) {
                fail(new ClientClosedException());
            }
        }

        private void startDeadline(Duration deadline) {
            Future<?> expiry = failAfter(deadline);
            result.whenComplete((value, cause) -> expiry.cancel(false));
        }

        void trigger(Supplier<CompletableFuture<TriggerResponse>> trigger) {
            CompletableFuture<TriggerResponse> answer;
            try {
                answer = requireNonNull(trigger.get(), "trigger gave null");
            } catch (RuntimeException e) {
                refused(e);
                return;
            }
            answer.whenComplete(
                    (response, cause) -> {
                        if (cause != null) {
                            refused(strip(cause));
                            return;
                        }
                        if (response.triggerId() != null) {
                            id = response.triggerId();
                        }
                        acknowledged.complete(id);
                        pollLater();
                    });
        }

        private void refused(Throwable cause) {
            acknowledged.completeExceptionally(cause);
            fail(cause);
        }

        private void pollLater() {
            if (result.isDone()) {
                return;
            }
            Duration delay = nextDelay;
            Duration doubled = delay.multipliedBy(2);
            nextDelay =
                    doubled.compareTo(settings.longestDelay()) > 0
                            ? settings.longestDelay()
                            : doubled;
            take(step, after(delay, this::poll));
        }

        void poll() {
            if (result.isDone()) {
                return;
            }
            CompletableFuture<AsynchronousOperationResult<V>> answer;
            try {
                answer = requireNonNull(status.apply(id), "status gave null");
            } catch (RuntimeException e) {
                answer = CompletableFuture.failedFuture(e);
            }
            take(step, answer);
            answer.whenComplete(this::learn);
        }

        private void learn(AsynchronousOperationResult<V> answer, Throwable cause) {
            try {
                if (cause != null) {
                    learnFailure(strip(cause));
                } else {
                    learnStatus(answer);
                }
            } catch (RuntimeException e) {
                // Nobody but the result would ever hear of it.
                fail(e);
            }
        }

        private void learnFailure(Throwable cause) {
            if (isTransient(cause)) {
                lastFailure = cause;
                if (silence.get() == null) {
                    take(silence, failAfter(settings.longestSilence()));
                }
                pollLater();
            } else {
                fail(cause);
            }
        }

        private void learnStatus(AsynchronousOperationResult<V> answer) {
            end(silence);
            if (answer.queueStatus() == null || answer.queueStatus().id() == null) {
                fail(new IllegalStateException("The status of operation " + id + " is missing"));
            } else if (answer.operation() != null) {
                learnOutcome(answer.operation());
            } else if (answer.queueStatus().id() == QueueStatus.Id.COMPLETED) {
                fail(new IllegalStateException("The outcome of operation " + id + " is missing"));
            } else {
                pollLater();
            }
        }

        private void learnOutcome(V outcome) {
            SerializedThrowable cause = failure.apply(outcome);
            if (cause != null) {
                fail(new OperationFailedException(id, cause));
            } else {
                result.complete(outcome);
            }
        }

        /** Puts {@code next} into its place, or ends it if the operation has ended meanwhile. */
        private void take(AtomicReference<Future<?>> place, Future<?> next) {
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

        private Future<?> failAfter(Duration limit) {
            return after(limit, () -> fail(new OperationTimeoutException(id, limit, lastFailure)));
        }

        private Future<?> after(Duration delay, Runnable task) {
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
    }
}
