package dev.drey.model.checkpoints;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.error.SerializedThrowable;

/**
 * The outcome of a triggered checkpoint: one of its two components is {@code null}.
 *
 * @param checkpointId number of the checkpoint within its job
 * @param failureCause why there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckpointInfo(
        @JsonProperty("checkpointId") Long checkpointId,
        @JsonProperty("failureCause") SerializedThrowable failureCause) {

    /** The checkpoint that was taken. */
    public static CheckpointInfo completed(long checkpointId) {
        return new CheckpointInfo(checkpointId, null);
    }

    /** A checkpoint that failed. */
    public static CheckpointInfo failed(SerializedThrowable cause) {
        return new CheckpointInfo(null, cause);
    }
}
