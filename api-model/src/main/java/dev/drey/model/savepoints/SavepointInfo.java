package dev.drey.model.savepoints;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.error.SerializedThrowable;

/**
 * The outcome of a savepoint: one of its two components is {@code null}.
 *
 * @param location URI of the folder that holds the savepoint
 * @param failureCause why there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SavepointInfo(
        @JsonProperty("location") String location,
        @JsonProperty("failure-cause") SerializedThrowable failureCause) {

    /** A savepoint that lies at {@code location}. */
    public static SavepointInfo completed(String location) {
        return new SavepointInfo(location, null);
    }

    /** A savepoint that failed. */
    public static SavepointInfo failed(SerializedThrowable cause) {
        return new SavepointInfo(null, cause);
    }
}
