package dev.drey.server.jobs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.drey.model.jobs.JobEvent;
import dev.drey.server.ClusterGateways;
import dev.drey.server.DreyOptions;
import dev.drey.server.ServerExecutors;
import dev.drey.server.error.Failures;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event logs of the jobs that somebody watches. A job is looked at as long as it is watched,
 * and some time on, for clients that come back.
 */
public final class JobEvents {

    private static final Logger LOG = LoggerFactory.getLogger(JobEvents.class);

    /** Execution graphs of large jobs are dear: looking at one may take a share of the time. */
    private static final int SHARE_OF_TIME = 20;

    private final ClusterGateways gateways;
    private final ObjectWriter json;
    private final Executor executor;
    private final Duration timeout;
    private final Duration retention;
    private final int maxEntries;
    private final int maxLogs;
    private final ConcurrentMap<JobID, CompletableFuture<JobEventLog>> logs =
            new ConcurrentHashMap<>();

    @Inject
    public JobEvents(
            ClusterGateways gateways,
            ObjectMapper json,
            ServerExecutors executors,
            Configuration configuration) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.json = requireNonNull(json, "json is null").writer();
        this.executor = requireNonNull(executors, "executors is null").rendering();
        this.timeout = configuration.get(DreyOptions.READ_TIMEOUT);
        this.retention = configuration.get(DreyOptions.EVENTS_RETENTION);
        this.maxEntries = configuration.get(DreyOptions.EVENTS_MAX_ENTRIES);
        this.maxLogs = 2 * configuration.get(DreyOptions.EVENTS_MAX_STREAMS);
    }

    /** The log of a job, which is begun if there is none; fails if the job is not known. */
    CompletableFuture<JobEventLog> of(JobID job) {
        CompletableFuture<JobEventLog> another = new CompletableFuture<>();
        CompletableFuture<JobEventLog> log = logs.putIfAbsent(job, another);
        if (log != null) {
            return log;
        }
        makeRoom();
        var unused =
                graph(job)
                        .thenApplyAsync(
                                graph ->
                                        new JobEventLog(
                                                graph,
                                                maxEntries,
                                                this::written,
                                                System.currentTimeMillis()),
                                executor)
                        .whenComplete(
                                (begun, failure) -> {
                                    if (failure == null) {
                                        another.complete(begun);
                                        follow(new Look(job, begun));
                                    } else {
                                        logs.remove(job, another);
                                        another.completeExceptionally(failure);
                                    }
                                });
        return another;
    }

    private void follow(Look look) {
        var unused =
                gateways.polls()
                        .until(look.log, look::take, over -> over)
                        .whenComplete(
                                (over, failure) -> {
                                    if (failure == null) {
                                        forgetInTime(look.job, look.log);
                                    } else {
                                        LOG.debug("Job {} was not looked at", look.job, failure);
                                        follow(look);
                                    }
                                });
    }

    /** Clients come back to learn of an end. Of any other job, who comes back begins a new log. */
    private void forgetInTime(JobID job, JobEventLog log) {
        if (log.isJobOver()) {
            CompletableFuture.delayedExecutor(retention.toMillis(), TimeUnit.MILLISECONDS, executor)
                    .execute(() -> forget(job, log));
        } else {
            forget(job, log);
        }
    }

    private void forget(JobID job, JobEventLog log) {
        logs.computeIfPresent(
                job, (same, kept) -> begun(kept).filter(log::equals).isPresent() ? null : kept);
    }

    private static Optional<JobEventLog> begun(CompletableFuture<JobEventLog> log) {
        return log.isDone() && !log.isCompletedExceptionally()
                ? Optional.of(log.join())
                : Optional.empty();
    }

    /** There are fewer streams than logs, so one that nobody watches is found. */
    private void makeRoom() {
        if (logs.size() > maxLogs) {
            logs.values().stream()
                    .flatMap(log -> begun(log).stream())
                    .filter(log -> !log.isWatched())
                    .max(Comparator.comparing(JobEventLog::unwatched))
                    .filter(JobEventLog::endUnwatched)
                    .ifPresent(log -> logs.keySet().forEach(job -> forget(job, log)));
        }
    }

    private String written(JobEvent event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private CompletableFuture<ExecutionGraphInfo> graph(JobID job) {
        return gateways.dispatcher()
                .thenCompose(dispatcher -> dispatcher.requestExecutionGraphInfo(job, timeout));
    }

    /** Looks at a job for its log. */
    private final class Look {

        private final JobID job;
        private final JobEventLog log;
        private volatile long notBefore = System.nanoTime();

        Look(JobID job, JobEventLog log) {
            this.job = job;
            this.log = log;
        }

        /** Whether it was the last one. */
        CompletableFuture<Boolean> take() {
            if (log.isOver() || (log.unwatched().compareTo(retention) > 0 && log.endUnwatched())) {
                return CompletableFuture.completedFuture(true);
            }
            long start = System.nanoTime();
            if (start < notBefore) {
                return CompletableFuture.completedFuture(false);
            }
            return graph(job)
                    .handleAsync(
                            (graph, failure) -> {
                                boolean over = learn(graph, failure);
                                long end = System.nanoTime();
                                notBefore = end + SHARE_OF_TIME * (end - start);
                                return over;
                            },
                            executor);
        }

        private boolean learn(ExecutionGraphInfo graph, Throwable failure) {
            if (failure == null) {
                log.look(graph, System.currentTimeMillis());
            } else if (Failures.strip(failure) instanceof FlinkJobNotFoundException) {
                log.end();
            } else {
                LOG.debug("Job {} was not looked at", job, failure);
            }
            return log.isOver();
        }
    }
}
