package dev.drey.client.transport;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a client asks again.
 *
 * <p>Asked again is after a connection that was refused or broke off, a try that took too long
 * where there is another endpoint, and the answers 429, 502, 503 and 504. Reads always are, and
 * writes that {@linkplain Request#repeatable() may be repeated}. All other writes are only when
 * they were surely not done: nothing of them was sent, or the answer was 429, or it was 503 and the
 * API's own (by which Flink and Drey say that no leader took the request, or no room was left for
 * it; the 502, 503 and 504 of a proxy say no such thing).
 *
 * <p>Of several endpoints each is asked before the first pause; that costs nothing. The pauses then
 * double, each shortened at random by up to a half, and are never shorter than what {@code
 * Retry-After} of an answer demands. A pause that would pass the request's deadline is not made:
 * the request fails at once with what failed last.
 *
 * @param maxPauses how many pauses a request makes before it fails with what failed last; 0 for
 *     none
 * @param firstPause the first pause
 * @param longestPause what the pauses grow to
 * @param budget how many pauses all requests of the client can make at once; a tenth of it comes
 *     back each second. A cluster that is down is asked no more often than that, whatever the
 *     number of requests: those beyond it fail with what failed last
 */
public record RetrySettings(int maxPauses, Duration firstPause, Duration longestPause, int budget) {
    /**
     * Seven pauses from 100 ms to 5 s, which are 6 to 11 seconds together, and a budget of 100:
     * long enough for most changes of a leader.
     */
    public static final RetrySettings DEFAULT =
            new RetrySettings(7, Duration.ofMillis(100), Duration.ofSeconds(5), 100);

    /** No pauses: each endpoint is asked once at most. */
    public static final RetrySettings NONE =
            new RetrySettings(0, Duration.ofMillis(100), Duration.ofSeconds(5), 0);

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if a number is negative, a pause is not positive or the
     *     first is longer than the longest
     */
    public RetrySettings {
        requireNonNull(firstPause, "firstPause is null");
        requireNonNull(longestPause, "longestPause is null");
        if (maxPauses < 0 || budget < 0) {
            throw new IllegalArgumentException(
                    "maxPauses is %d, budget is %d".formatted(maxPauses, budget));
        }
        if (firstPause.isNegative()
                || firstPause.isZero()
                || firstPause.compareTo(longestPause) > 0) {
            throw new IllegalArgumentException(
                    "firstPause is %s, longestPause is %s".formatted(firstPause, longestPause));
        }
    }

    /** The same with another number of pauses. */
    public RetrySettings withMaxPauses(int pauses) {
        return new RetrySettings(pauses, firstPause, longestPause, budget);
    }

    /** The same with other pauses. */
    public RetrySettings withPauses(Duration first, Duration longest) {
        return new RetrySettings(maxPauses, first, longest, budget);
    }

    /** The same with another budget. */
    public RetrySettings withBudget(int pauses) {
        return new RetrySettings(maxPauses, firstPause, longestPause, pauses);
    }
}
