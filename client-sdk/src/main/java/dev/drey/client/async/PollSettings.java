package dev.drey.client.async;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How often the status of an asynchronous operation is asked for, and for how long.
 *
 * <p>The delay between an answer and the next question starts at {@code firstDelay} and doubles up
 * to {@code longestDelay}; each is shortened by chance, by half at most, so that many clients do
 * not ask at the same moments. A server that can hold an answer back until there is something to
 * tell ({@code Prefer: wait}, which Drey heeds) is asked to, and then asked again at once: that
 * holds for 32 operations of a client at a time, and the others are asked for at these delays.
 *
 * @param firstDelay between the acknowledgement of a trigger and the first question; default: 100
 *     ms
 * @param longestDelay default: 2 s; at most a minute, because a cluster forgets an operation some
 *     time after its end (5 minutes unless {@code rest.async.store-duration} says otherwise)
 * @param longestSilence how long to go on asking a cluster that does not answer; default: 5
 *     minutes, after which it would have forgotten an operation that ended meanwhile
 * @param deadline how long to wait for an operation in all; default: 1 hour
 */
public record PollSettings(
        Duration firstDelay, Duration longestDelay, Duration longestSilence, Duration deadline) {
    // Before the default settings, which are checked against it.
    private static final Duration LONGEST_ALLOWED = Duration.ofMinutes(1);

    /** 100 ms, 2 s, 5 minutes of silence, and 1 hour in all. */
    public static final PollSettings DEFAULT =
            new PollSettings(
                    Duration.ofMillis(100),
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(5),
                    Duration.ofHours(1));

    /**
     * @throws IllegalArgumentException if a duration is not positive, the first delay is longer
     *     than the longest, or that is longer than a minute
     */
    public PollSettings {
        requirePositive("firstDelay", firstDelay);
        requirePositive("longestDelay", longestDelay);
        requirePositive("longestSilence", longestSilence);
        requirePositive("deadline", deadline);
        if (firstDelay.compareTo(longestDelay) > 0) {
            throw new IllegalArgumentException(
                    "firstDelay %s is longer than longestDelay %s"
                            .formatted(firstDelay, longestDelay));
        }
        if (longestDelay.compareTo(LONGEST_ALLOWED) > 0) {
            throw new IllegalArgumentException(
                    "longestDelay %s is longer than %s".formatted(longestDelay, LONGEST_ALLOWED));
        }
    }

    /** The same with other delays. */
    public PollSettings withDelays(Duration first, Duration longest) {
        return new PollSettings(first, longest, longestSilence, deadline);
    }

    /** The same with another deadline. */
    public PollSettings withDeadline(Duration duration) {
        return new PollSettings(firstDelay, longestDelay, longestSilence, duration);
    }

    /** The same with another silence. */
    public PollSettings withLongestSilence(Duration duration) {
        return new PollSettings(firstDelay, longestDelay, duration, deadline);
    }

    private static void requirePositive(String name, Duration duration) {
        requireNonNull(duration, name + " is null");
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("%s is %s".formatted(name, duration));
        }
    }
}
