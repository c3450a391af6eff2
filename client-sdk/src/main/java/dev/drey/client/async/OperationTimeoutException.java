package dev.drey.client.async;

import dev.drey.model.TriggerId;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * An asynchronous operation had not ended when the time to wait for it was over. It goes on, and
 * can be resumed by its trigger id. The cause is the last failure to learn its status, if there was
 * one.
 */
public final class OperationTimeoutException extends TimeoutException {
    private static final long serialVersionUID = 1L;

    private final TriggerId triggerId;

    OperationTimeoutException(TriggerId triggerId, Duration deadline, Throwable lastFailure) {
        super("Operation %s had not ended after %s".formatted(triggerId, deadline));
        this.triggerId = triggerId;
        initCause(lastFailure);
    }

    /** The operation. */
    public TriggerId triggerId() {
        return triggerId;
    }
}
