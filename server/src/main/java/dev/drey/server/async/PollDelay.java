package dev.drey.server.async;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long to wait before the cluster is asked again: a share of how long it has been asked, as a
 * moment counts the less the longer it takes.
 */
record PollDelay(Duration shortest, Duration longest) {

    private static final int SHARE_OF_AGE = 20;

    PollDelay {
        requireNonNull(shortest, "shortest is null");
        requireNonNull(longest, "longest is null");
    }

    Duration of(Duration age) {
        Duration share = age.dividedBy(SHARE_OF_AGE);
        return share.compareTo(shortest) < 0
                ? shortest
                : share.compareTo(longest) > 0 ? longest : share;
    }
}
