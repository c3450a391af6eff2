package dev.drey.server.async;

import java.time.Duration;

/** How long to wait before the cluster is asked again how far an operation is. */
final class PollDelay {

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final int SHARE_OF_AGE = 20;

    /** A share of {@code age}: the longer it has run, the less a moment counts. */
    static Duration of(Duration age) {
        Duration share = age.dividedBy(SHARE_OF_AGE);
        return share.compareTo(SHORTEST) < 0
                ? SHORTEST
                : share.compareTo(LONGEST) > 0 ? LONGEST : share;
    }

    private PollDelay() {}
}
