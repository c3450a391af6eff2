package dev.drey.model.async;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.error.SerializedThrowable;

/**
 * The outcome of an operation that results in nothing but its success.
 *
 * @param failureCause why it failed; {@code null} if it did not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AsynchronousOperationInfo(
        @JsonProperty("failure-cause") SerializedThrowable failureCause) {

    /** An operation that succeeded. */
    public static AsynchronousOperationInfo complete() {
        return new AsynchronousOperationInfo(null);
    }

    /** An operation that failed. */
    public static AsynchronousOperationInfo failed(SerializedThrowable cause) {
        return new AsynchronousOperationInfo(cause);
    }
}
