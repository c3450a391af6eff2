package dev.drey.client.async;

import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.JobId;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.checkpoints.CheckpointingStatistics;
import dev.drey.model.jobs.JobDetailsInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds what came of a savepoint or checkpoint whose id the cluster has forgotten: the one among
 * the job's latest checkpoints that was begun when it was asked for. If there are several, none is
 * it.
 *
 * @param kind whether a checkpoint is of the kind that was asked for
 * @param outcome what is told of one that is complete
 */
public record CheckpointTraces<V>(
        Predicate<CheckpointStatistics> kind, Function<CheckpointStatistics.Completed, V> outcome) {

    /** A cluster begins a checkpoint within that after it was asked for it, or before. */
    private static final Duration BEGUN_WITHIN = Duration.ofMinutes(1);

    /** What two clocks may differ by in the time between the question and now. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /**
     * Looks for it.
     *
     * @param now by the clock by which it was asked for
     * @param unknown tells that it is not found
     */
    CompletableFuture<V> find(
            Transport transport,
            OperationToken token,
            Instant now,
            UnknownOperationException unknown) {
        JobId job = token.job().orElseThrow();
        return Chain.then(
                Chain.recover(
                        transport.send(
                                Request.get("/jobs/:jobid", job.value()), JobDetailsInfo.class),
                        failure -> CompletableFuture.failedFuture(gone(job, failure, unknown))),
                details ->
                        token.age(now)
                                .map(age -> Instant.ofEpochMilli(details.now()).minus(age))
                                .map(asked -> begun(transport, job, asked, unknown))
                                .orElseGet(() -> CompletableFuture.failedFuture(unknown)));
    }

    private static Throwable gone(JobId job, Throwable failure, UnknownOperationException unknown) {
        if (Operations.isUnknown(failure)) {
            return new JobGoneException(job, "is unknown to the cluster", unknown);
        }
        unknown.addSuppressed(failure);
        return unknown;
    }

    private CompletableFuture<V> begun(
            Transport transport, JobId job, Instant asked, UnknownOperationException unknown) {
        return Chain.recover(
                Chain.then(
                        transport.send(
                                Request.get("/jobs/:jobid/checkpoints", job.value()),
                                CheckpointingStatistics.class),
                        all -> only(all.history(), asked, unknown)),
                failure -> {
                    if (failure != unknown) {
                        unknown.addSuppressed(failure);
                    }
                    return CompletableFuture.failedFuture(unknown);
                });
    }

    private CompletableFuture<V> only(
            List<CheckpointStatistics> history, Instant asked, UnknownOperationException unknown) {
        List<CheckpointStatistics> fitting =
                history.stream()
                        .filter(kind)
                        .filter(checkpoint -> isBegun(checkpoint, asked))
                        .toList();
        return fitting.size() == 1
                        && fitting.get(0) instanceof CheckpointStatistics.Completed completed
                ? CompletableFuture.completedFuture(outcome.apply(completed))
                : CompletableFuture.failedFuture(unknown);
    }

    private static boolean isBegun(CheckpointStatistics checkpoint, Instant asked) {
        Instant begun = Instant.ofEpochMilli(checkpoint.triggerTimestamp());
        return begun.isAfter(asked.minus(MARGIN)) && begun.isBefore(asked.plus(BEGUN_WITHIN));
    }
}
