package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.drey.model.JobVertexId;
import dev.drey.model.Millis;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.jobs.JobExceptionsInfoWithHistory.RootExceptionInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened to a job, as its stream of events tells it. Only Drey has one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobEvent.StatusChanged.class, name = "status"),
    @JsonSubTypes.Type(value = JobEvent.Restarted.class, name = "restart"),
    @JsonSubTypes.Type(value = JobEvent.CheckpointEnded.class, name = "checkpoint"),
    @JsonSubTypes.Type(value = JobEvent.Rescaled.class, name = "rescale"),
    @JsonSubTypes.Type(value = JobEvent.Missed.class, name = "missed")
})
public sealed interface JobEvent {

    /** When it happened. Milliseconds since the epoch, by the clock of whoever saw it. */
    long timestamp();

    /** When it happened. */
    default Optional<Instant> happenedAt() {
        return Millis.instant(timestamp());
    }

    /**
     * The job has another status. The first event of a stream tells the status that the job has.
     *
     * @param from the status before; {@code null} in the first event of a stream
     * @param to the status from then on
     * @param cause the failure that ended the job; {@code null} for every status but {@code FAILED}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StatusChanged(
            @JsonProperty("timestamp") long timestamp,
            @JsonProperty("from") JobStatus from,
            @JsonProperty("to") JobStatus to,
            @JsonProperty("cause") RootExceptionInfo cause)
            implements JobEvent {}

    /**
     * The job, or a part of it, was restarted.
     *
     * @param timestamp of the failure
     * @param cause the failure that it was restarted for
     */
    record Restarted(
            @JsonProperty("timestamp") long timestamp,
            @JsonProperty("cause") RootExceptionInfo cause)
            implements JobEvent {}

    /**
     * A checkpoint or a savepoint completed or failed.
     *
     * @param timestamp when it did
     */
    record CheckpointEnded(
            @JsonProperty("timestamp") long timestamp,
            @JsonProperty("checkpoint") CheckpointStatistics checkpoint)
            implements JobEvent {}

    /**
     * The job runs with another parallelism.
     *
     * @param vertices those whose parallelism changed
     */
    record Rescaled(
            @JsonProperty("timestamp") long timestamp,
            @JsonProperty("vertices") List<RescaledVertex> vertices)
            implements JobEvent {}

    /**
     * A vertex that was rescaled.
     *
     * @param from how many subtasks it had
     * @param to how many it has
     */
    record RescaledVertex(
            @JsonProperty("id") JobVertexId id,
            @JsonProperty("name") String name,
            @JsonProperty("from") int from,
            @JsonProperty("to") int to) {}

    /**
     * What happened since the event that a client had last is not known: it was too long ago, or
     * another endpoint told it.
     *
     * @param timestamp when it was asked for
     * @param lastEventId of the event that the client had last
     */
    record Missed(
            @JsonProperty("timestamp") long timestamp,
            @JsonProperty("last-event-id") String lastEventId)
            implements JobEvent {}
}
