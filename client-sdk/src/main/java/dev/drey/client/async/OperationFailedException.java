package dev.drey.client.async;

import dev.drey.model.TriggerId;
import dev.drey.model.error.SerializedThrowable;

/**
 * An asynchronous operation ended on the cluster, and failed there. The cluster's exception is
 * known by name and text alone: nothing that it serialized is read.
 */
public final class OperationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final TriggerId triggerId;
    private final String className;
    private final String stackTraceText;

    OperationFailedException(TriggerId triggerId, SerializedThrowable failure) {
        super("Operation %s failed: %s".formatted(triggerId, firstLine(failure)));
        this.triggerId = triggerId;
        this.className = failure.className();
        this.stackTraceText = failure.stackTrace() == null ? "" : failure.stackTrace();
    }

    /** The operation. */
    public TriggerId triggerId() {
        return triggerId;
    }

    /** The class of the cluster's exception; {@code null} if the cluster did not say. */
    public String className() {
        return className;
    }

    /** The cluster's stack trace with all its causes; empty if the cluster sent none. */
    public String stackTraceText() {
        return stackTraceText;
    }

    private static String firstLine(SerializedThrowable failure) {
        String text = failure.stackTrace() == null ? "" : failure.stackTrace();
        return text.lines().findFirst().orElse(String.valueOf(failure.className()));
    }
}
