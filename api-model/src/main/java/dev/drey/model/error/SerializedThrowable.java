package dev.drey.model.error;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The cause of a failed job or asynchronous operation.
 *
 * @param className the class of the cluster's exception
 * @param stackTrace its message and stack trace as text
 * @param serializedThrowable Base64 of a serialized Java object; it comes from another process, so
 *     never deserialize it
 */
public record SerializedThrowable(
        @JsonProperty("class") String className,
        @JsonProperty("stack-trace") String stackTrace,
        @JsonProperty("serialized-throwable") String serializedThrowable) {}
