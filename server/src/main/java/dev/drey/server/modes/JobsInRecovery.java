package dev.drey.server.modes;

import static java.util.Objects.requireNonNull;

import dev.drey.server.error.Failures;
import jakarta.ws.rs.ServiceUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.highavailability.HighAvailabilityServices;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does not let a leader say of a job that there is none while its plan is kept for the next leader:
 * a new one may not have come to it yet.
 */
final class JobsInRecovery implements GuardedDispatchers.Guard {

    private static final Logger LOG = LoggerFactory.getLogger(JobsInRecovery.class);

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final long RETRY_AFTER_SECONDS = 1;

    /** The HA services' store of execution plans. */
    interface Plans {

        /** The jobs whose plans are kept. Blocks. */
        Collection<JobID> jobs() throws Exception;

        /** Those that {@code services} keep; empty if no other leader would take jobs on. */
        static Optional<Plans> of(HighAvailabilityServices services, Configuration configuration) {
            return HighAvailabilityMode.isHighAvailabilityModeActivated(configuration)
                    ? Optional.of(() -> services.getExecutionPlanStore().getJobIds())
                    : Optional.empty();
        }
    }

    private final Plans plans;
    private final Duration patience;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private CompletableFuture<Set<JobID>> listed;
    private long listedAt;

    /**
     * For one leader.
     *
     * @param patience how long a question for the plans may take
     * @param executor asks it
     */
    JobsInRecovery(Plans plans, Duration patience, Executor executor, LongSupplier nanoTime) {
        this.plans = requireNonNull(plans, "plans is null");
        this.patience = requireNonNull(patience, "patience is null");
        this.executor = requireNonNull(executor, "executor is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    }

    @Override
    public <T> CompletableFuture<T> guarded(
            GuardedDispatchers.Call call, CompletableFuture<T> answer) {
        Optional<JobID> job = call.job();
        return job.isEmpty()
                ? answer
                : answer.exceptionallyCompose(
                        failure ->
                                Failures.strip(failure) instanceof FlinkJobNotFoundException
                                        ? unknown(job.get())
                                        : answer);
    }

    /** Fails. */
    private <T> CompletableFuture<T> unknown(JobID job) {
        return listed().handle(
                        (jobs, failure) -> {
                            if (failure != null) {
                                LOG.warn("The plans of jobs cannot be listed", failure);
                                throw unavailable(
                                        "Job %s is not known, and whether it is to be recovered cannot be told: ask again",
                                        job);
                            }
                            if (jobs.contains(job)) {
                                throw unavailable("Job %s is being recovered: ask again", job);
                            }
                            throw new CompletionException(new FlinkJobNotFoundException(job));
                        });
    }

    private synchronized CompletableFuture<Set<JobID>> listed() {
        long now = nanoTime.getAsLong();
        if (listed == null || (listed.isDone() && now - listedAt >= SHORTEST_INTERVAL.toNanos())) {
            listed = CompletableFuture.supplyAsync(this::list, executor);
            listedAt = now;
        }
        // A copy, so that a question that takes longer is not asked again meanwhile.
        return listed.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Set<JobID> list() {
        try {
            return Set.copyOf(plans.jobs());
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static CompletionException unavailable(String line, JobID job) {
        return new CompletionException(
                new ServiceUnavailableException(line.formatted(job), RETRY_AFTER_SECONDS));
    }
}
