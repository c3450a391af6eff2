package dev.drey.client.transport;

import java.time.Duration;

/** Times that double. */
final class Backoff {
    private static final int MAX_DOUBLINGS = 30;

    /**
     * @param n counted from 1
     */
    static Duration nth(int n, Duration first, Duration longest) {
        Duration grown = first.multipliedBy(1L << Math.min(n - 1, MAX_DOUBLINGS));
        return grown.compareTo(longest) > 0 ? longest : grown;
    }

    private Backoff() {}
}
