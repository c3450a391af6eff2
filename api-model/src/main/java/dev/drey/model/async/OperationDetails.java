package dev.drey.model.async;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobId;
import dev.drey.model.Millis;
import dev.drey.model.TriggerId;
import java.time.Instant;
import java.util.Optional;

/**
 * An operation that was triggered through this endpoint. Only Drey knows it.
 *
 * @param triggerId names it
 * @param kind what it does
 * @param jobId the job it works on; {@code null} if it is no job's
 * @param target what it works on or writes to: a folder for savepoints, the savepoint to dispose
 *     of, the data set to delete, the parallelism to reach; {@code null} if there is no such thing
 * @param triggered when it was asked for, in milliseconds since the epoch
 * @param statusPath where its status and its outcome are asked for
 * @param status how far it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationDetails(
        @JsonProperty("request-id") TriggerId triggerId,
        @JsonProperty("kind") OperationKind kind,
        @JsonProperty("job-id") JobId jobId,
        @JsonProperty("target") String target,
        @JsonProperty("triggered") long triggered,
        @JsonProperty("status-path") String statusPath,
        @JsonProperty("status") QueueStatus status) {
    /** When it was asked for. */
    public Optional<Instant> triggeredAt() {
        return Millis.instant(triggered);
    }
}
