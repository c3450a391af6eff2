package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobId;
import dev.drey.model.Millis;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One job, summarized.
 *
 * @param jobId the job
 * @param jobName the name its program gave it
 * @param startTime when it was submitted to the cluster
 * @param endTime when it reached a terminal state, {@code -1} if it has not
 * @param duration from start to end, or to now
 * @param status its state
 * @param lastUpdateTime when its state or that of one of its tasks last changed
 * @param tasks its tasks, counted by state
 * @param pendingOperators operators whose vertices are not created yet (adaptive batch scheduler);
 *     {@code null} before Flink 2.0
 * @param jobType whether its input ends; {@code null} before Flink 2.3 or while unknown
 * @param schedulerType its scheduler; {@code null} before Flink 2.3 or while unknown
 */
public record JobDetails(
        @JsonProperty("jid") JobId jobId,
        @JsonProperty("name") String jobName,
        @JsonProperty("start-time") long startTime,
        @JsonProperty("end-time") long endTime,
        @JsonProperty("duration") long duration,
        @JsonProperty("state") JobStatus status,
        @JsonProperty("last-modification") long lastUpdateTime,
        @JsonProperty("tasks") Tasks tasks,
        @JsonProperty("pending-operators") Integer pendingOperators,
        @JsonProperty("jobType") JobType jobType,
        @JsonProperty("schedulerType") SchedulerType schedulerType) {
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

    /** When it last changed. */
    public Optional<Instant> lastUpdatedAt() {
        return Millis.instant(lastUpdateTime);
    }

    /** Number of tasks in each state, and in all. */
    public record Tasks(
            @JsonProperty("total") int total,
            @JsonProperty("created") int created,
            @JsonProperty("scheduled") int scheduled,
            @JsonProperty("deploying") int deploying,
            @JsonProperty("running") int running,
            @JsonProperty("finished") int finished,
            @JsonProperty("canceling") int canceling,
            @JsonProperty("canceled") int canceled,
            @JsonProperty("failed") int failed,
            @JsonProperty("reconciling") int reconciling,
            @JsonProperty("initializing") int initializing) {}
}
