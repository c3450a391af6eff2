package dev.drey.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Milliseconds of the wire as times. What Flink reports as unknown, or as something that has not
 * happened, is empty: no number, a negative one, and of a time also 0.
 */
public final class Millis {

    /** The time that is {@code millis} milliseconds after the epoch. */
    public static Optional<Instant> instant(Long millis) {
        return Optional.ofNullable(millis).filter(known -> known > 0).map(Instant::ofEpochMilli);
    }

    /** {@code millis} milliseconds. */
    public static Optional<Duration> duration(Long millis) {
        return Optional.ofNullable(millis).filter(known -> known >= 0).map(Duration::ofMillis);
    }

    private Millis() {}
}
