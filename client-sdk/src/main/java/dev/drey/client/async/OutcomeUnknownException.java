package dev.drey.client.async;

import java.time.Instant;

/**
 * The answer to a write was lost, and it cannot be repeated without the danger that it takes place
 * twice. Whether it took place has to be found out by looking at its target. The cause is what the
 * last attempt failed with.
 */
public final class OutcomeUnknownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String target;
    private final Instant askedAt;

    OutcomeUnknownException(String id, String target, Instant askedAt, Throwable cause) {
        super(
                "It is unknown whether %s took place, asked for at %s as %s: %s"
                        .formatted(target, askedAt, id, cause.getMessage()),
                cause);
        this.id = id;
        this.target = target;
        this.askedAt = askedAt;
    }

    /** The trigger id or {@code Idempotency-Key} that the client chose. */
    public String id() {
        return id;
    }

    /** What was to be done, and to what: {@code savepoint of job …}, {@code POST /jars/…/run}. */
    public String target() {
        return target;
    }

    /** When it was asked for first, by this machine's clock. */
    public Instant askedAt() {
        return askedAt;
    }
}
