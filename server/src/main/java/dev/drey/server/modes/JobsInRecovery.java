package dev.drey.server.modes;

import static java.util.Objects.requireNonNull;

import dev.drey.server.DreyOptions;
import dev.drey.server.error.Failures;
import jakarta.ws.rs.ServiceUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.highavailability.HighAvailabilityServices;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dispatchers that do not say of a job that there is none while its plan is kept for the next
 * leader: a new one may not have come to it yet.
 */
final class JobsInRecovery implements GatewayRetriever<DispatcherGateway> {

    private static final Logger LOG = LoggerFactory.getLogger(JobsInRecovery.class);

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final long RETRY_AFTER_SECONDS = 1;

    /** The HA services' store of execution plans. */
    interface Plans {

        /** The jobs whose plans are kept. Blocks. */
        Collection<JobID> jobs() throws Exception;
    }

    /** A leader, and what the store has held since it leads. */
    private final class Leader {

        private final CompletableFuture<DispatcherGateway> retrieved;
        private final CompletableFuture<DispatcherGateway> guarded;
        private CompletableFuture<Set<JobID>> listed;
        private long listedAt;

        Leader(CompletableFuture<DispatcherGateway> retrieved) {
            this.retrieved = retrieved;
            this.guarded = retrieved.thenApply(this::guard);
        }

        private DispatcherGateway guard(DispatcherGateway dispatcher) {
            return (DispatcherGateway)
                    Proxy.newProxyInstance(
                            DispatcherGateway.class.getClassLoader(),
                            new Class<?>[] {DispatcherGateway.class},
                            (proxy, method, arguments) -> {
                                try {
                                    Object answer = method.invoke(dispatcher, arguments);
                                    return answer instanceof CompletableFuture<?> future
                                            ? explained(future, job(arguments))
                                            : answer;
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
        }

        private <T> CompletableFuture<T> explained(
                CompletableFuture<T> answer, Optional<JobID> job) {
            return job.isEmpty()
                    ? answer
                    : answer.exceptionallyCompose(
                            failure -> isUnknown(failure) ? unknown(job.get()) : answer);
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
            if (listed == null
                    || (listed.isDone() && now - listedAt >= SHORTEST_INTERVAL.toNanos())) {
                listed = CompletableFuture.supplyAsync(JobsInRecovery.this::list, executor);
                listedAt = now;
            }
            // A copy, so that a question that takes longer is not asked again meanwhile.
            return listed.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private final GatewayRetriever<DispatcherGateway> leaders;
    private final Plans plans;
    private final Duration patience;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private volatile Leader leader;

    /**
     * @param patience how long a question for the plans may take
     * @param executor asks it
     */
    JobsInRecovery(
            GatewayRetriever<DispatcherGateway> leaders,
            Plans plans,
            Duration patience,
            Executor executor,
            LongSupplier nanoTime) {
        this.leaders = requireNonNull(leaders, "leaders is null");
        this.plans = requireNonNull(plans, "plans is null");
        this.patience = requireNonNull(patience, "patience is null");
        this.executor = requireNonNull(executor, "executor is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
        this.leader = new Leader(leaders.getFuture());
    }

    /**
     * Those of {@code leaders}.
     *
     * @param plans empty if no other leader would take jobs on
     * @param executor asks for them
     */
    static GatewayRetriever<DispatcherGateway> known(
            GatewayRetriever<DispatcherGateway> leaders,
            Optional<Plans> plans,
            ReadableConfig configuration,
            Executor executor) {
        return plans.<GatewayRetriever<DispatcherGateway>>map(
                        kept ->
                                new JobsInRecovery(
                                        leaders,
                                        kept,
                                        configuration.get(DreyOptions.READ_TIMEOUT),
                                        executor,
                                        System::nanoTime))
                .orElse(leaders);
    }

    /** What the services of a highly available cluster keep; empty if it is none. */
    static Optional<Plans> plans(HighAvailabilityServices services, Configuration configuration) {
        return HighAvailabilityMode.isHighAvailabilityModeActivated(configuration)
                ? Optional.of(() -> services.getExecutionPlanStore().getJobIds())
                : Optional.empty();
    }

    @Override
    public CompletableFuture<DispatcherGateway> getFuture() {
        CompletableFuture<DispatcherGateway> retrieved = leaders.getFuture();
        Leader known = leader;
        return known.retrieved == retrieved ? known.guarded : next(retrieved);
    }

    private synchronized CompletableFuture<DispatcherGateway> next(
            CompletableFuture<DispatcherGateway> retrieved) {
        if (leader.retrieved != retrieved) {
            leader = new Leader(retrieved);
        }
        return leader.guarded;
    }

    private Set<JobID> list() {
        try {
            return Set.copyOf(plans.jobs());
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static boolean isUnknown(Throwable failure) {
        return failure != null && Failures.strip(failure) instanceof FlinkJobNotFoundException;
    }

    private static Optional<JobID> job(Object[] arguments) {
        return Stream.ofNullable(arguments)
                .flatMap(Arrays::stream)
                .filter(JobID.class::isInstance)
                .map(JobID.class::cast)
                .findFirst();
    }

    private static CompletionException unavailable(String line, JobID job) {
        return new CompletionException(
                new ServiceUnavailableException(line.formatted(job), RETRY_AFTER_SECONDS));
    }
}
