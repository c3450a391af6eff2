package dev.drey.client.async;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One request after the other. To cancel what comes of it ends the one that is under way. Used by
 * the feature clients.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is chained to a future only passes it on
public final class Chain {

    /** What {@code read} makes of an outcome. */
    public static <A, B> CompletableFuture<B> map(CompletableFuture<A> first, Function<A, B> read) {
        return then(first, value -> CompletableFuture.completedFuture(read.apply(value)));
    }

    /** What comes of {@code next}, which is begun with the outcome of {@code first}. */
    public static <A, B> CompletableFuture<B> then(
            CompletableFuture<A> first, Function<A, CompletableFuture<B>> next) {
        CompletableFuture<B> result = new CompletableFuture<>();
        endWith(result, first);
        first.whenComplete(
                (value, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(OperationPoller.strip(failure));
                    } else {
                        pass(result, () -> next.apply(value));
                    }
                });
        return result;
    }

    /** The outcome of {@code first}, or what comes of {@code next} if it failed. */
    public static <T> CompletableFuture<T> recover(
            CompletableFuture<T> first, Function<Throwable, CompletableFuture<T>> next) {
        CompletableFuture<T> result = new CompletableFuture<>();
        endWith(result, first);
        first.whenComplete(
                (value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        pass(result, () -> next.apply(OperationPoller.strip(failure)));
                    }
                });
        return result;
    }

    private static <T> void pass(
            CompletableFuture<T> result, Supplier<CompletableFuture<T>> begin) {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<T> second;
        try {
            second = begin.get();
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
            return;
        }
        endWith(result, second);
        second.whenComplete(
                (value, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(OperationPoller.strip(failure));
                    } else {
                        result.complete(value);
                    }
                });
    }

    private static void endWith(CompletableFuture<?> result, CompletableFuture<?> part) {
        result.whenComplete(
                (value, failure) -> {
                    if (result.isCancelled()) {
                        part.cancel(false);
                    }
                });
    }

    private Chain() {}
}
