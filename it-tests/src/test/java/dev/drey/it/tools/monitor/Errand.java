package dev.drey.it.tools.monitor;

import java.time.Instant;
import java.util.Optional;

/**
 * An order that is carried out, or was.
 *
 * @param outcome what came of it; empty while it is under way
 */
record Errand(long number, Order order, Instant since, Optional<Outcome> outcome) {

    /** What came of an order, in one line. */
    record Outcome(boolean failed, String text) {}

    boolean isUnderWay() {
        return outcome.isEmpty();
    }

    Errand endedWith(Outcome end) {
        return new Errand(number, order, since, Optional.of(end));
    }
}
