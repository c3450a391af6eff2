package dev.drey.client.async;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * What was waited for had not come when the time for it was over. An operation goes on, and can be
 * resumed by its token. The cause is the last problem in learning how far it is, if there was one.
 */
public final class OperationTimeoutException extends TimeoutException {
    private static final long serialVersionUID = 1L;

    private final Duration waited;

    OperationTimeoutException(String what, Duration waited, Throwable lastProblem) {
        super("%s had not ended after %s".formatted(what, waited));
        this.waited = waited;
        initCause(lastProblem);
    }

    /** How long it was waited for; or for how long the cluster had not answered. */
    public Duration waited() {
        return waited;
    }
}
