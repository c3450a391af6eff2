package dev.drey.server.modes;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives a write up when its leader is not heard of any more: one that is frozen answers nothing,
 * and what it was told would be waited for as long as a write may take. Reads take less.
 */
final class LeaderPulse implements GuardedDispatchers.Guard {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final Duration patience;
    private final Executor executor;

    /**
     * @param patience how long a leader that lives may say nothing
     * @param executor asks whether it lives
     */
    LeaderPulse(Duration patience, Executor executor) {
        this.patience = requireNonNull(patience, "patience is null");
        this.executor = requireNonNull(executor, "executor is null");
    }

    @Override
    public <T> CompletableFuture<T> guarded(
            GuardedDispatchers.Call call, CompletableFuture<T> answer) {
        if (call.isRead()) {
            return answer;
        }
        CompletableFuture<T> awaited = answer.copy();
        feel(call, awaited);
        return awaited;
    }

    private void feel(GuardedDispatchers.Call call, CompletableFuture<?> awaited) {
        CompletableFuture.delayedExecutor(INTERVAL.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(
                        () -> {
                            if (!awaited.isDone()) {
                                ask(call, awaited);
                            }
                        });
    }

    private void ask(GuardedDispatchers.Call call, CompletableFuture<?> awaited) {
        var unused =
                call.leader()
                        .getBlobServerPort(patience)
                        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete(
                                (alive, failure) -> {
                                    if (failure == null) {
                                        feel(call, awaited);
                                    } else {
                                        awaited.completeExceptionally(unheard(call, failure));
                                    }
                                });
    }

    private TimeoutException unheard(GuardedDispatchers.Call call, Throwable failure) {
        TimeoutException unheard =
                new TimeoutException(
                        "the leader is not heard of any more, and whether it did %s is unknown"
                                .formatted(call.name()));
        unheard.initCause(failure);
        return unheard;
    }
}
