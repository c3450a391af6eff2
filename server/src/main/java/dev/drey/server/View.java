package dev.drey.server;

import static java.util.Objects.requireNonNull;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a read shows: where its data comes from, and the pure function that makes the body of it. A
 * resource method returns it; {@link ViewRenderer} does the rest.
 *
 * @param <S> what the cluster answers
 */
public record View<S>(Source<S> source, Function<? super S, ?> converter) {

    public View {
        requireNonNull(source, "source is null");
        requireNonNull(converter, "converter is null");
    }

    /** A view of what two sources answer. */
    public static <A, B> View<?> of(
            Source.Single<A> first,
            Source.Single<B> second,
            BiFunction<? super A, ? super B, ?> converter) {
        requireNonNull(converter, "converter is null");
        return new View<>(
                new Source.Both<>(first, second),
                answers -> converter.apply(answers.first(), answers.second()));
    }
}
