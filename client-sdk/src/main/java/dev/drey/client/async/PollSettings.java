package dev.drey.client.async;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How often the status of an asynchronous operation is asked for, and for how long.
 *
 * <p>The delay between an answer and the next question starts at {@code firstDelay} and doubles up
 * to {@code longestDelay}.
 *
 * @param firstDelay between the acknowledgement of a trigger and the first question; default: 100
 *     ms
 * @param longestDelay default: 2 s; at most a minute, because a cluster forgets an operation some
 *     time after its end (5 minutes unless {@code rest.async.store-duration} says otherwise)
 * @param longestSilence how long to go on asking a cluster that does not answer; default: 5
 *     minutes, after which it would have forgotten an operation that ended meanwhile
 * @param deadline how long to wait for an operation in all; default: as long as the cluster answers
 */
public record PollSettings(
        Duration firstDelay,
        Duration longestDelay,
        Duration longestSilence,
        Optional<Duration> deadline) {
    // Before the default settings, which are checked against it.
    private static final Duration LONGEST_ALLOWED = Duration.ofMinutes(1);

    /** 100 ms, 2 s, 5 minutes of silence, and no deadline. */
    public static final PollSettings DEFAULT =
            new PollSettings(
                    Duration.ofMillis(100),
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(5),
                    Optional.empty());

    /**
     * @throws IllegalArgumentException if a duration is not positive, the first delay is longer
     *     than the longest, or that is longer than a minute
     */
    public PollSettings {
        requireNonNull(deadline, "deadline is null");
        requirePositive("firstDelay", firstDelay);
        requirePositive("longestDelay", longestDelay);
        requirePositive("longestSilence", longestSilence);
        deadline.ifPresent(duration -> requirePositive("deadline", duration));
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

    /** The same with a deadline. */
    public PollSettings withDeadline(Duration duration) {
        return new PollSettings(firstDelay, longestDelay, longestSilence, Optional.of(duration));
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
