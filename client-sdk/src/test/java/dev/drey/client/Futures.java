package dev.drey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;

/** Waits for futures no longer than a test may hang. */
public final class Futures {
    private static final Duration GUARD = Duration.ofSeconds(60);

    /** The value of a future that must come. */
    public static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(GUARD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for a latch that must open. */
    public static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(GUARD.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What a future fails with, which must be the direct cause. */
    public static AbstractThrowableAssert<?, ? extends Throwable> assertFailure(
            CompletableFuture<?> future) {
        Throwable thrown = catchThrowable(() -> await(future));
        assertThat(thrown).isInstanceOf(ExecutionException.class);
        return assertThat(thrown.getCause());
    }

    private Futures() {}
}
