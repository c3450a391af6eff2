package dev.drey.server.async;

import static java.util.Objects.requireNonNull;

import dev.drey.server.error.Failures;
import jakarta.ws.rs.ServiceUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.flink.runtime.rpc.exceptions.RpcException;

/**
 * Asks the cluster for something until it is as awaited: again and again, as it tells nothing by
 * itself, and once for all who wait for the same. Waiting holds no thread.
 */
public final class Polls {

    private static final Duration IN_PROCESS = Duration.ofMillis(50);
    private static final Duration SHORTEST_BY_RPC = Duration.ofMillis(20);
    private static final Duration LONGEST_BY_RPC = Duration.ofSeconds(1);

    private final PollDelay delay;
    private final Duration patience;
    private final Executor executor;
    private final ConcurrentMap<Object, Poll<?>> polls = new ConcurrentHashMap<>();

    /**
     * @param patience how long a question is waited for
     * @param executor asks
     */
    Polls(PollDelay delay, Duration patience, Executor executor) {
        this.delay = requireNonNull(delay, "delay is null");
        this.patience = requireNonNull(patience, "patience is null");
        this.executor = requireNonNull(executor, "executor is null");
    }

    /** For the JobManager's own process, where to ask is cheap. */
    public static Polls inProcess(Duration patience, Executor executor) {
        return new Polls(new PollDelay(IN_PROCESS, IN_PROCESS), patience, executor);
    }

    /** For another process. */
    public static Polls byRpc(Duration patience, Executor executor) {
        return new Polls(new PollDelay(SHORTEST_BY_RPC, LONGEST_BY_RPC), patience, executor);
    }

    /**
     * Waits for an answer.
     *
     * @param key of what is asked for: who waits for the same shares what {@code ask} answers
     * @param awaited tells whether an answer is the one
     * @return completes with the first such answer, and fails as a question does, unless the
     *     cluster does not answer for the moment; who waits no more cancels it
     */
    public <T> CompletableFuture<T> until(
            Object key, Supplier<CompletableFuture<T>> ask, Predicate<? super T> awaited) {
        Waiter<T> waiter = new Waiter<>(awaited, new CompletableFuture<>());
        Poll<T> another = new Poll<>(requireNonNull(key, "key is null"), ask);
        Poll<?> joined =
                polls.compute(
                        key,
                        (same, running) -> {
                            @SuppressWarnings("unchecked") // one key is of one type
                            Poll<T> poll = running == null ? another : (Poll<T>) running;
                            poll.waiters.add(waiter);
                            return poll;
                        });
        if (joined == another) {
            executor.execute(another);
        }
        return waiter.answer;
    }

    private record Waiter<T>(Predicate<? super T> awaited, CompletableFuture<T> answer) {

        void told(T value, Throwable failure) {
            if (failure != null) {
                if (!isPassing(Failures.strip(failure))) {
                    answer.completeExceptionally(failure);
                }
            } else if (awaited.test(value)) {
                answer.complete(value);
            }
        }
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof ServiceUnavailableException
                || failure instanceof TimeoutException
                || failure instanceof RpcException;
    }

    /** One question that is asked again and again. */
    private final class Poll<T> implements Runnable {

        private final Object key;
        private final Supplier<CompletableFuture<T>> ask;
        private final long since = System.nanoTime();
        private final Queue<Waiter<T>> waiters = new ConcurrentLinkedQueue<>();

        Poll(Object key, Supplier<CompletableFuture<T>> ask) {
            this.key = key;
            this.ask = ask;
        }

        @Override
        public void run() {
            if (isDeserted()) {
                return;
            }
            // Who comes later wants to know how it is then.
            List<Waiter<T>> asking = List.copyOf(waiters);
            var unused =
                    CompletableFuture.completedFuture(ask)
                            .thenCompose(Supplier::get)
                            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                            .whenCompleteAsync(
                                    (value, failure) -> tell(asking, value, failure), executor);
        }

        private void tell(List<Waiter<T>> asking, T value, Throwable failure) {
            asking.forEach(waiter -> waiter.told(value, failure));
            if (isDeserted()) {
                return;
            }
            Duration pause = delay.of(Duration.ofNanos(System.nanoTime() - since));
            CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, executor)
                    .execute(this);
        }

        /** Nobody waits any more: who comes now begins another. */
        private boolean isDeserted() {
            return polls.computeIfPresent(
                            key,
                            (same, poll) -> {
                                waiters.removeIf(waiter -> waiter.answer.isDone());
                                return waiters.isEmpty() ? null : poll;
                            })
                    == null;
        }
    }
}
