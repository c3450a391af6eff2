package dev.drey.model.async;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The status of an asynchronous operation.
 *
 * @param queueStatus how far it is
 * @param operation its outcome, {@code null} while it is in progress
 */
public record AsynchronousOperationResult<V>(
        @JsonProperty("status") QueueStatus queueStatus, @JsonProperty("operation") V operation) {

    /** An operation that has not ended. */
    public static <V> AsynchronousOperationResult<V> inProgress() {
        return new AsynchronousOperationResult<>(QueueStatus.inProgress(), null);
    }

    /** An operation that ended with {@code operation}. */
    public static <V> AsynchronousOperationResult<V> completed(V operation) {
        return new AsynchronousOperationResult<>(QueueStatus.completed(), operation);
    }
}
