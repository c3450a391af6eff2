package dev.drey.server.rescaling;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.OperationKind;
import dev.drey.server.ClusterGateways;
import dev.drey.server.DreyOptions;
import dev.drey.server.Ids;
import dev.drey.server.SharedFetches;
import dev.drey.server.View;
import dev.drey.server.async.Trigger;
import dev.drey.server.error.Failures;
import dev.drey.server.rescaling.JobToRescale.State;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.messages.Acknowledge;

/** Rescales jobs, each of them once at a time. */
public final class Rescaler {

    private final ClusterGateways gateways;
    private final SharedFetches fetches;
    private final Configuration configuration;
    private final RescalingWatch.Timeouts timeouts;

    /** The rescaling that each job is in. */
    private final ConcurrentMap<JobID, TriggerId> underWay = new ConcurrentHashMap<>();

    @Inject
    public Rescaler(ClusterGateways gateways, SharedFetches fetches, Configuration configuration) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.fetches = requireNonNull(fetches, "fetches is null");
        this.configuration = requireNonNull(configuration, "configuration is null");
        this.timeouts =
                new RescalingWatch.Timeouts(
                        configuration.get(DreyOptions.READ_TIMEOUT),
                        configuration.get(WebOptions.TIMEOUT));
    }

    Trigger trigger(JobId jobId, RescalingRequest request) {
        return new Trigger(
                OperationKind.RESCALING,
                Optional.of(jobId),
                Optional.of("parallelism " + request.parallelism()),
                Optional.empty(),
                request,
                Response.Status.OK,
                id -> {
                    RescalingOperation operation = RescalingOperation.toBegin(jobId, id);
                    return new Trigger.Attempt(operation, () -> begin(operation, request));
                });
    }

    View dryRun(JobId jobId, RescalingRequest request) {
        JobID job = Ids.toFlink(jobId);
        return View.of(
                new JobToRescale(job),
                new SlotsForJob(job),
                (state, slots) -> RescaleDryRunConverter.dryRun(plan(state, request), slots));
    }

    private RescalingPlan plan(State state, RescalingRequest request) {
        RescalingPlan plan = RescalingPlan.of(state, request);
        TriggerId running = underWay.get(plan.jobId());
        return running == null ? plan : refused(plan, running);
    }

    private static RescalingPlan refused(RescalingPlan plan, TriggerId running) {
        return plan.refusedFor(
                "Job %s is being rescaled: %s tells how far that is"
                        .formatted(
                                plan.jobId(),
                                RescalingOperation.of(Ids.of(plan.jobId()), running).statusPath()));
    }

    private CompletionStage<?> begin(RescalingOperation operation, RescalingRequest request) {
        JobID job = Ids.toFlink(operation.jobId());
        CompletableFuture<Object> begun = new CompletableFuture<>();
        var unused =
                gateways.dispatcher()
                        .thenCompose(
                                dispatcher ->
                                        new JobToRescale(job)
                                                .ask(dispatcher, timeouts.read())
                                                .thenCompose(
                                                        state -> {
                                                            requireAwaited(begun);
                                                            return begin(
                                                                    operation,
                                                                    request,
                                                                    state,
                                                                    dispatcher);
                                                        }))
                        .whenComplete(
                                (acknowledged, failure) -> {
                                    boolean awaited =
                                            failure == null
                                                    ? begun.complete(operation.id())
                                                    : begun.completeExceptionally(failure);
                                    if (failure != null || !awaited) {
                                        end(job, operation.id());
                                    }
                                });
        return begun;
    }

    /** What was given up meanwhile nobody would watch. */
    private static void requireAwaited(CompletableFuture<?> begun) {
        if (begun.isDone()) {
            throw new CancellationException("Nobody waits for the beginning any more");
        }
    }

    private CompletableFuture<?> begin(
            RescalingOperation operation,
            RescalingRequest request,
            State state,
            DispatcherGateway dispatcher) {
        RescalingPlan plan = RescalingPlan.of(state, request);
        plan.requireAllowed();
        TriggerId running = underWay.putIfAbsent(plan.jobId(), operation.id());
        if (running != null) {
            refused(plan, running).requireAllowed();
        }
        return new RequirementsUpdate(plan.jobId(), plan.requirements())
                .send(dispatcher)
                .exceptionallyCompose(
                        failure ->
                                // It may be done all the same: what becomes of the job tells.
                                Failures.strip(failure) instanceof TimeoutException
                                        ? CompletableFuture.completedFuture(Acknowledge.get())
                                        : CompletableFuture.failedFuture(failure))
                .thenAccept(acknowledged -> watch(operation, request, state, plan));
    }

    private void watch(
            RescalingOperation operation,
            RescalingRequest request,
            State state,
            RescalingPlan plan) {
        RescalingWatch watch =
                new RescalingWatch(
                        plan,
                        state.requirements(),
                        request.restoreOnFailure(),
                        RescalingPatience.of(state.graph(), configuration),
                        timeouts,
                        Ticker.systemTicker());
        operation.watch().orElseThrow().complete(watch);
        var unused = watch.end().whenComplete((done, failure) -> end(plan.jobId(), operation.id()));
    }

    /** Whoever learns of the end finds the job as it is now. */
    private void end(JobID job, TriggerId id) {
        underWay.remove(job, id);
        fetches.forget(job);
    }
}
