package dev.drey.client.async;

import dev.drey.model.TriggerId;

/**
 * The cluster does not know an operation: it ended so long ago that its outcome is forgotten (5
 * minutes, unless {@code rest.async.store-duration} says otherwise), its leader changed, or it was
 * never triggered. Whether it succeeded is not known: a savepoint or checkpoint was looked for
 * among the job's as well, if it is known when it was asked for. The cause is the cluster's answer.
 */
public final class UnknownOperationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final TriggerId triggerId;

    /** Made by the client. */
    public UnknownOperationException(TriggerId triggerId, Throwable answer) {
        super(
                "Operation %s is unknown: it ended long ago, or the cluster has a new leader"
                        .formatted(triggerId),
                answer);
        this.triggerId = triggerId;
    }

    /** The operation. */
    public TriggerId triggerId() {
        return triggerId;
    }
}
