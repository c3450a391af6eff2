package dev.drey.server;

import static java.util.Objects.requireNonNull;

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
}
