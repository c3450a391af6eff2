package dev.drey.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.model.JobId;
import dev.drey.model.checkpoints.CheckpointingStatistics;
import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.JobStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.AbstractThrowableAssert;

/** All waiting of the suites. What does not come in time is an assertion error that names it. */
public final class Await {

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The value of a future that must come. */
    public static <T> T answer(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("Expected an answer", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("No answer within " + PATIENCE, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** What a future fails with. */
    public static AbstractThrowableAssert<?, ? extends Throwable> failure(
            CompletableFuture<?> future) {
        Throwable thrown =
                catchThrowable(() -> future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        assertThat(thrown).as("failure of a request").isInstanceOf(ExecutionException.class);
        return assertThat(thrown.getCause());
    }

    /** Asks until {@code probe} has a value; what it throws ends the waiting. */
    public static <T> T until(String what, Callable<Optional<T>> probe) throws Exception {
        return until(what, PATIENCE, probe);
    }

    /** Asks for as long as {@code patience}. */
    public static <T> T until(String what, Duration patience, Callable<Optional<T>> probe)
            throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<T> value = probe.call();
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within %s: %s".formatted(patience, what));
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
            if (Thread.interrupted()) {
                throw interrupted(new InterruptedException("while waiting for " + what));
            }
        }
    }

    /** Asks until {@code condition} holds. */
    public static void untilTrue(String what, Callable<Boolean> condition) throws Exception {
        untilTrue(what, PATIENCE, condition);
    }

    /** Asks for as long as {@code patience}. */
    public static void untilTrue(String what, Duration patience, Callable<Boolean> condition)
            throws Exception {
        until(what, patience, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /** Asks until {@code cluster} has slots; none of its processes may end before. */
    static void slots(Cluster cluster, ChildProcess... processes) throws Exception {
        try (FlinkMonitoringClient flink = cluster.client()) {
            untilTrue(
                    "a task manager is registered",
                    () -> {
                        for (ChildProcess process : processes) {
                            process.requireAlive();
                        }
                        // Without a leader yet, the answer is a failure.
                        return flink.cluster()
                                .overview()
                                .thenApply(overview -> overview.slotsTotal() > 0)
                                .exceptionally(failure -> false)
                                .get();
                    });
        }
    }

    /** Waits for what a job does. */
    public static OfJob job(FlinkMonitoringClient flink, JobId job) {
        return new OfJob(flink, job);
    }

    private static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError("The waiting was interrupted", e);
    }

    /** What a job may be waited for. */
    public static final class OfJob {
        private final FlinkMonitoringClient flink;
        private final JobId job;

        private OfJob(FlinkMonitoringClient flink, JobId job) {
            this.flink = flink;
            this.job = job;
        }

        /** It and all its tasks run. */
        public void isRunning() throws Exception {
            untilTrue(
                    "job %s runs with all its tasks".formatted(job),
                    () -> {
                        JobStatus status = status();
                        assertThat(status.isGloballyTerminal())
                                .as("%s is %s and will not run", job, status)
                                .isFalse();
                        return status == JobStatus.RUNNING && allTasksRun();
                    });
        }

        /** It is cancelled. */
        public void isCanceled() throws Exception {
            ends(JobStatus.CANCELED);
        }

        /** It has failed for good. */
        public void isFailed() throws Exception {
            ends(JobStatus.FAILED);
        }

        /** It has ended by itself, well. */
        public void isFinished() throws Exception {
            ends(JobStatus.FINISHED);
        }

        /** It has completed a checkpoint: the statistics that say so. */
        public CheckpointingStatistics hasCompletedCheckpoint() throws Exception {
            return until(
                    "job %s has completed a checkpoint".formatted(job),
                    () ->
                            Optional.of(answer(flink.checkpoints().statistics(job)))
                                    .filter(statistics -> statistics.counts().completed() > 0));
        }

        /** It was restored from a checkpoint or savepoint: the statistics that say so. */
        public CheckpointingStatistics isRestored() throws Exception {
            return isRestored(1);
        }

        public CheckpointingStatistics isRestored(int times) throws Exception {
            return until(
                    "job %s was restored %d times".formatted(job, times),
                    () ->
                            Optional.of(answer(flink.checkpoints().statistics(job)))
                                    .filter(statistics -> statistics.counts().restored() >= times));
        }

        /** It has made use of what it was restored from. */
        public CheckpointingStatistics hasCompletedCheckpointSinceItWasRestored() throws Exception {
            return until(
                    "job %s completed a checkpoint since it was restored".formatted(job),
                    () ->
                            Optional.of(answer(flink.checkpoints().statistics(job)))
                                    .filter(
                                            statistics ->
                                                    statistics.latestCheckpoints().completed()
                                                                    != null
                                                            && statistics
                                                                            .latestCheckpoints()
                                                                            .completed()
                                                                            .id()
                                                                    > statistics
                                                                            .latestCheckpoints()
                                                                            .restored()
                                                                            .id()));
        }

        private void ends(JobStatus expected) throws Exception {
            JobStatus end =
                    until(
                            "job %s is %s".formatted(job, expected),
                            () -> Optional.of(status()).filter(JobStatus::isGloballyTerminal));
            assertThat(end).as("end of job %s", job).isEqualTo(expected);
        }

        private JobStatus status() {
            return answer(flink.jobs().status(job)).status();
        }

        private boolean allTasksRun() {
            return answer(flink.jobs().overview()).jobs().stream()
                    .filter(details -> details.jobId().equals(job))
                    .map(JobDetails::tasks)
                    .anyMatch(tasks -> tasks.total() > 0 && tasks.running() == tasks.total());
        }
    }

    private Await() {}
}
