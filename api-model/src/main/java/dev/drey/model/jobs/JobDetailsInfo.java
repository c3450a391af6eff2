package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.ApplicationId;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.Millis;
import dev.drey.model.RawJson;
import dev.drey.model.SlotSharingGroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One job in full.
 *
 * @param jobId the job
 * @param applicationId the application it belongs to; {@code null} before Flink 2.3
 * @param name the name its program gave it
 * @param isStoppable always {@code false} since Flink 1.9: use stop with savepoint
 * @param jobStatus its state
 * @param jobType whether its input ends; {@code null} before Flink 1.20 or while unknown
 * @param schedulerType its scheduler; {@code null} before Flink 2.3 or while unknown
 * @param startTime when it was submitted to the cluster
 * @param endTime when it reached a terminal state, {@code -1} if it has not
 * @param duration from start to end, or to now
 * @param maxParallelism the job's maximum parallelism, {@code -1} if Flink chooses
 * @param now the server's clock at the time of the answer
 * @param timestamps when it entered each state, {@code 0} if it never did
 * @param jobVertexInfos its vertices, sources first
 * @param jobVerticesPerState number of its vertices in each state
 * @param plan its data flow
 * @param streamGraph the stream graph it was made from, of jobs whose plan is made as they run;
 *     otherwise, and before Flink 2.0, {@code null}
 * @param pendingOperators operators whose vertices are not created yet (adaptive batch scheduler);
 *     {@code null} before Flink 2.0
 */
public record JobDetailsInfo(
        @JsonProperty("jid") JobId jobId,
        @JsonProperty("application-id") ApplicationId applicationId,
        @JsonProperty("name") String name,
        @JsonProperty("isStoppable") boolean isStoppable,
        @JsonProperty("state") JobStatus jobStatus,
        @JsonProperty("job-type") JobType jobType,
        @JsonProperty("schedulerType") SchedulerType schedulerType,
        @JsonProperty("start-time") long startTime,
        @JsonProperty("end-time") long endTime,
        @JsonProperty("duration") long duration,
        @JsonProperty("maxParallelism") long maxParallelism,
        @JsonProperty("now") long now,
        @JsonProperty("timestamps") Map<JobStatus, Long> timestamps,
        @JsonProperty("vertices") List<JobVertexDetailsInfo> jobVertexInfos,
        @JsonProperty("status-counts") Map<ExecutionState, Integer> jobVerticesPerState,
        @JsonProperty("plan") JobPlanInfo.Plan plan,
        @JsonProperty("stream-graph") @JsonInclude(JsonInclude.Include.NON_NULL)
                RawJson streamGraph,
        @JsonProperty("pending-operators") Integer pendingOperators) {
    /** When it began; empty if it has not. */
    public Optional<Instant> startedAt() {
        return Millis.instant(startTime);
    }

    /** When it ended; empty if it has not. */
    public Optional<Instant> endedAt() {
        return Millis.instant(endTime);
    }

    /** How long it took, or has taken so far; empty if that is unknown. */
    public Optional<Duration> lasted() {
        return Millis.duration(duration);
    }

    /** The time of the answer, by the server's clock. */
    public Optional<Instant> answeredAt() {
        return Millis.instant(now);
    }

    /**
     * A vertex of the job.
     *
     * @param jobVertexId the vertex
     * @param slotSharingGroupId its slot sharing group; {@code null} before Flink 1.20
     * @param name the names of its chained operators
     * @param maxParallelism the most subtasks it can be rescaled to
     * @param parallelism number of its subtasks
     * @param executionState the state of all its subtasks in one
     * @param startTime when its first subtask was deployed, {@code -1} if none was
     * @param endTime when its last subtask ended, {@code -1} if one has not
     * @param duration from start to end, or to now; {@code -1} if it has not started
     * @param tasksPerState number of its subtasks in each state
     * @param jobVertexMetrics what its subtasks have read and written
     */
    public record JobVertexDetailsInfo(
            @JsonProperty("id") JobVertexId jobVertexId,
            @JsonProperty("slotSharingGroupId") SlotSharingGroupId slotSharingGroupId,
            @JsonProperty("name") String name,
            @JsonProperty("maxParallelism") int maxParallelism,
            @JsonProperty("parallelism") int parallelism,
            @JsonProperty("status") ExecutionState executionState,
            @JsonProperty("start-time") long startTime,
            @JsonProperty("end-time") long endTime,
            @JsonProperty("duration") long duration,
            @JsonProperty("tasks") Map<ExecutionState, Integer> tasksPerState,
            @JsonProperty("metrics") IOMetricsInfo jobVertexMetrics) {
        /** When it began; empty if it has not. */
        public Optional<Instant> startedAt() {
            return Millis.instant(startTime);
        }

        /** When it ended; empty if it has not. */
        public Optional<Instant> endedAt() {
            return Millis.instant(endTime);
        }

        /** How long it took, or has taken so far; empty if that is unknown. */
        public Optional<Duration> lasted() {
            return Millis.duration(duration);
        }
    }
}
