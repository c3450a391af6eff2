package dev.drey.server;

import static java.util.Objects.requireNonNull;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a read shows: where its data comes from, and the pure function that makes the body of it. A
 * resource method returns it; {@link ViewRenderer} does the rest.
 */
public final class View implements Answerable {

    private final Source<?> source;
    private final Function<Object, ?> converter;

    private View(Source<?> source, Function<Object, ?> converter) {
        this.source = requireNonNull(source, "source is null");
        this.converter = converter;
    }

    /** A view of what {@code source} answers. */
    public static <S> View of(Source<S> source, Function<? super S, ?> converter) {
        requireNonNull(converter, "converter is null");
        @SuppressWarnings("unchecked") // it is given what its source answers, and nothing else
        Function<Object, ?> ofAnswers = (Function<Object, ?>) converter;
        return new View(source, ofAnswers);
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

    /** The body that shows {@code answer}, which its source gave. */
    Object body(Object answer) {
        return converter.apply(answer);
    }
}
