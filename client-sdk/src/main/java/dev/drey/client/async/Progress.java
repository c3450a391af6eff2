package dev.drey.client.async;

import dev.drey.model.error.SerializedThrowable;

/**
 * How far something is that is waited for.
 *
 * @param ended whether it has ended
 * @param outcome what came of it; {@code null} if it has not ended, or failed
 * @param failure why it failed; {@code null} if it did not
 * @param held whether the server waited with the answer for as long as it was asked to
 */
public record Progress<V>(boolean ended, V outcome, SerializedThrowable failure, boolean held) {

    /** It goes on. */
    public static <V> Progress<V> goesOn(boolean held) {
        return new Progress<>(false, null, null, held);
    }

    /** It ended well. */
    public static <V> Progress<V> ended(V outcome) {
        return new Progress<>(true, outcome, null, false);
    }

    /** It failed on the cluster. */
    public static <V> Progress<V> failed(SerializedThrowable failure) {
        return new Progress<>(true, null, failure, false);
    }
}
