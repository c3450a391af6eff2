package dev.drey.server;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a read shows: where its data comes from, and the pure function that makes the body of it. A
 * resource method returns it; {@link ViewRenderer} does the rest.
 */
public final class View implements Answerable {

    private final Source<?> source;
    private final Optional<Supplier<? extends CompletableFuture<?>>> awaited;
    private final Function<Object, ?> converter;

    private View(
            Source<?> source,
            Optional<Supplier<? extends CompletableFuture<?>>> awaited,
            Function<Object, ?> converter) {
        this.source = requireNonNull(source, "source is null");
        this.awaited = awaited;
        this.converter = converter;
    }

    /** A view of what {@code source} answers. */
    public static <S> View of(Source<S> source, Function<? super S, ?> converter) {
        return new View(source, Optional.empty(), ofAnswers(converter));
    }

    /**
     * A view of what {@code source} answers, for which a client may wait.
     *
     * @param awaited begins to wait, and completes with the answer that is waited for; who waits no
     *     more cancels it
     */
    public static <S> View of(
            Source<S> source,
            Supplier<? extends CompletableFuture<? extends S>> awaited,
            Function<? super S, ?> converter) {
        requireNonNull(awaited, "awaited is null");
        return new View(source, Optional.of(awaited), ofAnswers(converter));
    }

    /** A view of what two sources answer. */
    public static <A, B> View of(
            Source.Single<A> first,
            Source.Single<B> second,
            BiFunction<? super A, ? super B, ?> converter) {
        requireNonNull(converter, "converter is null");
        return of(
                new Source.Both<>(first, second),
                answers -> converter.apply(answers.first(), answers.second()));
    }

    Source<?> source() {
        return source;
    }

    /** What a client may wait for, if it prefers to. */
    Optional<Supplier<? extends CompletableFuture<?>>> awaited() {
        return awaited;
    }

    /** The body that shows {@code answer}, which its source gave. */
    Object body(Object answer) {
        return converter.apply(answer);
    }

    @SuppressWarnings("unchecked") // it is given what its source answers, and nothing else
    private static Function<Object, ?> ofAnswers(Function<?, ?> converter) {
        return (Function<Object, ?>) requireNonNull(converter, "converter is null");
    }
}
