package dev.drey.server.rescaling;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.drey.server.ClusterGateways;
import dev.drey.server.error.Failures;
import dev.drey.server.rescaling.JobToRescale.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionGraph;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.util.FlinkException;

/**
 * Watches a job that was given new requirements until all its vertices run with the parallelism
 * that is wanted, or never will. Whoever asks how far it is looks at the job; nobody waits for it.
 */
final class RescalingWatch {

    private final RescalingPlan plan;
    private final Optional<JobResourceRequirements> before;
    private final boolean restoring;
    private final Duration patience;
    private final Timeouts timeouts;
    private final Ticker ticker;
    private final long begin;

    /** Whether it is known how it ends, so that looks at the job say nothing any more. */
    private final AtomicBoolean decided = new AtomicBoolean();

    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /** What the last look has shown that has shown something. */
    private volatile String reached = "";

    /**
     * How long the cluster may take to answer.
     *
     * @param read when it is asked
     * @param write when it is told
     */
    record Timeouts(Duration read, Duration write) {}

    /**
     * Begins.
     *
     * @param plan was taken on
     * @param before the requirements that the job had
     * @param restoring whether they are put back if the patience is at its end
     * @param patience how long it may take
     */
    RescalingWatch(
            RescalingPlan plan,
            Optional<JobResourceRequirements> before,
            boolean restoring,
            Duration patience,
            Timeouts timeouts,
            Ticker ticker) {
        this.plan = requireNonNull(plan, "plan is null");
        this.before = requireNonNull(before, "before is null");
        this.restoring = restoring;
        this.patience = requireNonNull(patience, "patience is null");
        this.timeouts = requireNonNull(timeouts, "timeouts is null");
        this.ticker = requireNonNull(ticker, "ticker is null");
        this.begin = ticker.read();
    }

    /** Completes when the job runs as is wanted, and fails with the reason why it never will. */
    CompletableFuture<Void> end() {
        return end;
    }

    /**
     * Looks at the job.
     *
     * @return completes when {@link #end()} is up to date; fails if the cluster does not tell, and
     *     may yet
     */
    CompletableFuture<Void> look(ClusterGateways gateways) {
        if (decided.get()) {
            return CompletableFuture.completedFuture(null);
        }
        JobToRescale job = new JobToRescale(plan.jobId());
        return gateways.dispatcher()
                .thenCompose(dispatcher -> job.ask(dispatcher, timeouts.read()))
                .orTimeout(timeouts.read().toMillis(), TimeUnit.MILLISECONDS)
                .handle(Answer::new)
                .thenCompose(answer -> learn(gateways, answer));
    }

    /** What the cluster has told, or why it has not. */
    private record Answer(State state, Throwable failure) {}

    private CompletableFuture<Void> learn(ClusterGateways gateways, Answer answer) {
        Optional<Throwable> silence = Optional.ofNullable(answer.failure()).map(Failures::strip);
        if (silence.isEmpty()) {
            judge(answer.state());
        }
        if (elapsed().compareTo(patience) >= 0 && decided.compareAndSet(false, true)) {
            return giveUp(gateways, silence);
        }
        // A new leader may not know the job yet.
        return decided.get() || silence.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(silence.get());
    }

    private Duration elapsed() {
        return Duration.ofNanos(ticker.read() - begin);
    }

    private void judge(State state) {
        ArchivedExecutionGraph graph = state.graph().getArchivedExecutionGraph();
        reached = reached(graph);
        if (runsAsWanted(graph)) {
            if (decided.compareAndSet(false, true)) {
                end.complete(null);
            }
        } else if (isEnding(graph.getState())) {
            Optional<ErrorInfo> cause = Optional.ofNullable(graph.getFailureInfo());
            fail(
                    "Job %s is %s%s"
                            .formatted(
                                    plan.jobId(),
                                    graph.getState(),
                                    cause.map(ErrorInfo::getException)
                                            .map(thrown -> " (%s)".formatted(Failures.line(thrown)))
                                            .orElse("")),
                    cause.map(ErrorInfo::getException).orElse(null));
        } else if (isChanged(state.requirements())) {
            fail(
                    "Somebody else has changed the resource requirements of job %s meanwhile"
                            .formatted(plan.jobId()),
                    null);
        }
    }

    /** Until an update that was not acknowledged in time is done, they are the old ones. */
    private boolean isChanged(Optional<JobResourceRequirements> requirements) {
        return requirements
                .filter(now -> !now.equals(plan.requirements()))
                .filter(now -> !before.filter(now::equals).isPresent())
                .isPresent();
    }

    private static boolean isEnding(JobStatus status) {
        return status.isGloballyTerminalState()
                || status == JobStatus.FAILING
                || status == JobStatus.CANCELLING;
    }

    /** A job may also have ended well so. */
    private boolean runsAsWanted(ArchivedExecutionGraph graph) {
        return (graph.getState() == JobStatus.RUNNING || graph.getState() == JobStatus.FINISHED)
                && plan.vertices().stream()
                        .allMatch(
                                vertex ->
                                        parallelism(graph, vertex.id()) == vertex.wanted()
                                                && running(graph, vertex.id()) == vertex.wanted());
    }

    private static int parallelism(ArchivedExecutionGraph graph, JobVertexID id) {
        AccessExecutionJobVertex vertex = graph.getJobVertex(id);
        return vertex == null ? 0 : vertex.getParallelism();
    }

    /** How many subtasks of a vertex run, or have come to their end. */
    private static int running(ArchivedExecutionGraph graph, JobVertexID id) {
        AccessExecutionJobVertex vertex = graph.getJobVertex(id);
        return vertex == null
                ? 0
                : Math.toIntExact(
                        Arrays.stream(vertex.getTaskVertices())
                                .map(AccessExecutionVertex::getExecutionState)
                                .filter(
                                        state ->
                                                state == ExecutionState.RUNNING
                                                        || state == ExecutionState.FINISHED)
                                .count());
    }

    private String reached(ArchivedExecutionGraph graph) {
        return plan.vertices().stream()
                .map(
                        vertex ->
                                "vertex %s '%s': wanted %d, reached %d"
                                        .formatted(
                                                vertex.id(),
                                                vertex.name(),
                                                vertex.wanted(),
                                                running(graph, vertex.id())))
                .collect(Collectors.joining("; ", " (", ")"));
    }

    private void fail(String reason, Throwable cause) {
        if (decided.compareAndSet(false, true)) {
            end.completeExceptionally(new FlinkException(reason + reached, cause));
        }
    }

    private CompletableFuture<Void> giveUp(ClusterGateways gateways, Optional<Throwable> silence) {
        if (!restoring || before.isEmpty()) {
            failLate(silence, "its new requirements stay");
            return CompletableFuture.completedFuture(null);
        }
        RequirementsUpdate old = new RequirementsUpdate(plan.jobId(), before.get());
        return gateways.dispatcher()
                .thenCompose(old::send)
                .orTimeout(timeouts.write().toMillis(), TimeUnit.MILLISECONDS)
                .handle(
                        (acknowledged, failure) -> {
                            failLate(
                                    silence,
                                    failure == null
                                            ? "its old requirements were put back"
                                            : "its old requirements could not be put back: "
                                                    + Failures.told(Failures.strip(failure)));
                            return null;
                        });
    }

    private void failLate(Optional<Throwable> silence, String consequence) {
        end.completeExceptionally(
                new FlinkException(
                        "After %d s job %s does not run with the parallelism that is wanted: %s%s; %s"
                                .formatted(
                                        elapsed().toSeconds(),
                                        plan.jobId(),
                                        silence.map(
                                                        why ->
                                                                "the cluster does not tell, "
                                                                        + Failures.told(why))
                                                .orElse("slots may be missing"),
                                        reached,
                                        consequence),
                        silence.orElse(null)));
    }
}
