package dev.drey.it.tools.monitor;

import dev.drey.model.JobId;
import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a job.
 *
 * @param began when it was submitted
 * @param ended when it ended, if it has
 * @param restarts how often it was restarted, once that is known
 * @param checkpoint the last one it completed, if there is one
 * @param busiest the vertex with the least time to spare, once that is known
 */
record JobRow(
        JobId id,
        String name,
        JobStatus status,
        Instant began,
        Optional<Instant> ended,
        Optional<Long> restarts,
        Optional<Checkpoint> checkpoint,
        Optional<Vertex> busiest) {

    /**
     * A checkpoint that was completed.
     *
     * @param bytes of all the state it refers to
     */
    record Checkpoint(long id, Instant completed, Duration lasted, long bytes) {}

    /**
     * A vertex of a job.
     *
     * @param busy share of its time that its busiest subtask works, from 0 to 1
     * @param backPressured share of its time that a subtask waits for slower readers, from 0 to 1
     */
    record Vertex(String name, double busy, double backPressured) {

        /** How little time it has to spare. */
        double load() {
            return Math.max(busy, backPressured);
        }
    }

    static JobRow of(JobDetails job) {
        return new JobRow(
                job.jobId(),
                String.valueOf(job.jobName()),
                job.status(),
                Instant.ofEpochMilli(job.startTime()),
                job.endTime() < 0
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(job.endTime())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same job as {@code newer} shows it, with what only this one knows. */
    JobRow updatedBy(JobRow newer) {
        // An event tells the end of a job before a cluster's cached overview does.
        return new JobRow(
                id,
                newer.name,
                isOver() ? status : newer.status,
                newer.began,
                newer.ended.or(() -> ended),
                restarts,
                checkpoint,
                isOver() || newer.isOver() ? Optional.empty() : busiest);
    }

    JobRow withStatus(JobStatus now, Instant at) {
        return new JobRow(
                id,
                name,
                now,
                began,
                now.isGloballyTerminal() ? Optional.of(at) : Optional.empty(),
                restarts,
                checkpoint,
                now == JobStatus.RUNNING ? busiest : Optional.empty());
    }

    /** The later one counts: answers may overtake each other. */
    JobRow withCheckpoint(Checkpoint other) {
        return checkpoint.filter(known -> known.id() > other.id()).isPresent()
                ? this
                : new JobRow(id, name, status, began, ended, restarts, Optional.of(other), busiest);
    }

    JobRow withLook(Optional<Long> restartsNow, Optional<Vertex> busiestNow) {
        return new JobRow(
                id,
                name,
                status,
                began,
                ended,
                restartsNow.or(() -> restarts),
                checkpoint,
                status == JobStatus.RUNNING ? busiestNow : Optional.empty());
    }

    /** Whether it will never run again. */
    boolean isOver() {
        return status.isGloballyTerminal();
    }

    /** How long it has run, or ran. */
    Duration age(Instant now) {
        return Duration.between(began, ended.orElse(now));
    }
}
