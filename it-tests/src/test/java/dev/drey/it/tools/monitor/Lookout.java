package dev.drey.it.tools.monitor;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.metrics.AggregatedMetricsQuery;
import dev.drey.it.tools.monitor.JobRow.Checkpoint;
import dev.drey.it.tools.monitor.JobRow.Vertex;
import dev.drey.model.JobId;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.JobDetailsInfo;
import dev.drey.model.jobs.JobDetailsInfo.JobVertexDetailsInfo;
import dev.drey.model.jobs.JobEvent;
import dev.drey.model.jobs.JobEvent.CheckpointEnded;
import dev.drey.model.jobs.JobEvent.Missed;
import dev.drey.model.jobs.JobEvent.StatusChanged;
import dev.drey.model.metrics.AggregatedMetric;
import dev.drey.model.metrics.AggregationMode;
import dev.drey.model.metrics.MetricId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Keeps an eye on the cluster. Which jobs there are, and what they are busy with, is asked for
 * again and again; their states and checkpoints are watched.
 */
final class Lookout implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final MetricId RESTARTS = MetricId.fromString("numRestarts");
    private static final MetricId BUSY = MetricId.fromString("busyTimeMsPerSecond");
    private static final MetricId BACK_PRESSURED =
            MetricId.fromString("backPressuredTimeMsPerSecond");
    private static final double MILLIS_PER_SECOND = 1000;

    private final FlinkMonitoringClient flink;
    private final Clock clock;
    private final Consumer<UnaryOperator<Board>> changes;
    private final Set<JobId> followed = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Sees nothing yet.
     *
     * @param changes is told what was seen, from any thread
     */
    Lookout(FlinkMonitoringClient flink, Clock clock, Consumer<UnaryOperator<Board>> changes) {
        this.flink = flink;
        this.clock = clock;
        this.changes = changes;
    }

    /** Looks, and looks again some time after everything has been seen, or has failed. */
    void look() {
        if (closed) {
            return;
        }
        var unused =
                flink.cluster()
                        .overview()
                        .thenCombine(
                                flink.jobs().overview(),
                                (cluster, jobs) -> {
                                    changes.accept(board -> board.seen(cluster, jobs.jobs()));
                                    return jobs.jobs();
                                })
                        .thenCompose(this::lookAtEach)
                        .whenComplete(
                                (seen, failure) -> {
                                    if (failure != null) {
                                        Instant now = clock.instant();
                                        String reason = Reason.of(failure);
                                        changes.accept(board -> board.unheard(now, reason));
                                    }
                                    CompletableFuture.delayedExecutor(
                                                    INTERVAL.toMillis(), TimeUnit.MILLISECONDS)
                                            .execute(this::look);
                                });
    }

    @Override
    public void close() {
        closed = true;
    }

    private CompletableFuture<Void> lookAtEach(List<JobDetails> jobs) {
        return CompletableFuture.allOf(
                jobs.stream()
                        .filter(job -> !isOverAndKnown(job))
                        .map(this::lookAt)
                        .toArray(CompletableFuture<?>[]::new));
    }

    private boolean isOverAndKnown(JobDetails job) {
        return job.status().isGloballyTerminal() && followed.contains(job.jobId());
    }

    private CompletableFuture<Void> lookAt(JobDetails details) {
        JobId job = details.jobId();
        if (followed.add(job)) {
            learnCheckpoint(job);
            if (!details.status().isGloballyTerminal()) {
                flink.jobs().watch(job).subscribe(new Follower(job));
            }
        }
        CompletableFuture<Optional<Long>> restarts =
                flink.metrics()
                        .ofJob(job)
                        .get(RESTARTS)
                        .thenApply(
                                answer ->
                                        answer.metrics().stream()
                                                .findFirst()
                                                .map(metric -> Long.valueOf(metric.value())));
        return flink.jobs()
                .details(job)
                .thenCompose(this::busiest)
                .thenCombine(
                        restarts,
                        (vertex, count) -> {
                            changes.accept(board -> board.withLook(job, count, vertex));
                            return count;
                        })
                // It may have gone meanwhile; if the cluster has, the next look tells.
                .handle((count, failure) -> null);
    }

    private CompletableFuture<Optional<Vertex>> busiest(JobDetailsInfo job) {
        List<CompletableFuture<Optional<Vertex>>> vertices =
                job.jobVertexInfos().stream().map(vertex -> load(job.jobId(), vertex)).toList();
        return CompletableFuture.allOf(vertices.toArray(CompletableFuture<?>[]::new))
                .thenApply(
                        all ->
                                vertices.stream()
                                        .map(CompletableFuture::join)
                                        .flatMap(Optional::stream)
                                        .max(Comparator.comparingDouble(Vertex::load)));
    }

    private CompletableFuture<Optional<Vertex>> load(JobId job, JobVertexDetailsInfo vertex) {
        return flink.metrics()
                .overSubtasks(job, vertex.jobVertexId())
                .get(
                        AggregatedMetricsQuery.of(BUSY, BACK_PRESSURED)
                                .aggregatedBy(AggregationMode.MAX))
                .thenApply(
                        answer ->
                                share(answer.metrics(), BUSY)
                                        .map(
                                                busy ->
                                                        new Vertex(
                                                                vertex.name(),
                                                                busy,
                                                                share(
                                                                                answer.metrics(),
                                                                                BACK_PRESSURED)
                                                                        .orElse(0.0))));
    }

    private static Optional<Double> share(List<AggregatedMetric> metrics, MetricId id) {
        return metrics.stream()
                .filter(metric -> metric.id().equals(id))
                .map(AggregatedMetric::max)
                .filter(Double::isFinite)
                .findFirst()
                .map(millis -> millis / MILLIS_PER_SECOND);
    }

    private void learnCheckpoint(JobId job) {
        var unused =
                flink.checkpoints()
                        .statistics(job)
                        .thenAccept(
                                statistics -> {
                                    CheckpointStatistics.Completed latest =
                                            statistics.latestCheckpoints().completed();
                                    if (latest != null) {
                                        learn(job, latest);
                                    }
                                })
                        // The next one is told by an event.
                        .exceptionally(failure -> null);
    }

    private void learn(JobId job, CheckpointStatistics.Completed completed) {
        Checkpoint checkpoint =
                new Checkpoint(
                        completed.id(),
                        Instant.ofEpochMilli(completed.triggerTimestamp() + completed.duration()),
                        Duration.ofMillis(completed.duration()),
                        completed.stateSize());
        changes.accept(board -> board.withCheckpoint(job, checkpoint));
    }

    /** Is told what happens to a job. */
    private final class Follower implements Flow.Subscriber<JobEvent> {

        private final JobId job;

        Follower(JobId job) {
            this.job = job;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(JobEvent event) {
            if (event instanceof StatusChanged change) {
                Instant at = Instant.ofEpochMilli(change.timestamp());
                changes.accept(board -> board.withStatus(job, change.to(), at));
            } else if (event instanceof CheckpointEnded ended
                    && ended.checkpoint() instanceof CheckpointStatistics.Completed completed
                    && !completed.savepoint()) {
                learn(job, completed);
            } else if (event instanceof Missed) {
                learnCheckpoint(job);
            }
        }

        @Override
        public void onError(Throwable cause) {
            // If the job is there after all, the next look follows it anew.
            followed.remove(job);
        }

        @Override
        public void onComplete() {
            // Its end was the last event.
        }
    }
}
