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
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.util.FlinkException;

/**
 * Watches a job that was given new requirements until all its vertices run with the parallelism
 * that is wanted, or never will. Whoever asks how far it is looks at the job; nobody waits for it.
 */
final class RescalingWatch {

    private final RescalingPlan plan;
    private final Optional<JobResourceRequirements> toRestore;
    private final Duration patience;
    private final Timeouts timeouts;
    private final Ticker ticker;
    private final long begin;

    /** From then on only the old requirements are waited for, and what they do says nothing. */
    private final AtomicBoolean givenUp = new AtomicBoolean();

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
     * @param toRestore the requirements that are put back if the patience is at its end
     * @param patience how long it may take
     */
    RescalingWatch(
            RescalingPlan plan,
            Optional<JobResourceRequirements> toRestore,
            Duration patience,
            Timeouts timeouts,
            Ticker ticker) {
        this.plan = requireNonNull(plan, "plan is null");
        this.toRestore = requireNonNull(toRestore, "toRestore is null");
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
        if (end.isDone() || givenUp.get()) {
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
        if (givenUp.get()) {
            return CompletableFuture.completedFuture(null);
        }
        if (silence.isEmpty()) {
            judge(answer.state());
        } else if (silence.get() instanceof FlinkJobNotFoundException) {
            fail("Job %s is not known any more".formatted(plan.jobId()), "", silence.get());
        }
        if (!end.isDone() && elapsed().compareTo(patience) >= 0) {
            return giveUp(gateways, silence);
        }
        return end.isDone() || silence.isEmpty()
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
            end.complete(null);
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
                    "",
                    cause.map(ErrorInfo::getException).orElse(null));
        } else if (state.requirements()
                .filter(now -> !now.equals(plan.requirements()))
                .isPresent()) {
            fail(
                    "Somebody else has changed the resource requirements of job %s meanwhile"
                            .formatted(plan.jobId()),
                    "",
                    null);
        }
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

    private void fail(String reason, String consequence, Throwable cause) {
        end.completeExceptionally(new FlinkException(reason + reached + consequence, cause));
    }

    /** Once, however many look at that moment. */
    private CompletableFuture<Void> giveUp(ClusterGateways gateways, Optional<Throwable> silence) {
        if (!givenUp.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(null);
        }
        if (toRestore.isEmpty()) {
            failLate(silence, "its new requirements stay");
            return CompletableFuture.completedFuture(null);
        }
        RequirementsUpdate old = new RequirementsUpdate(plan.jobId(), toRestore.get());
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
        fail(
                "After %d s job %s does not run with the parallelism that is wanted: %s"
                        .formatted(
                                elapsed().toSeconds(),
                                plan.jobId(),
                                silence.map(
                                                why ->
                                                        "the cluster does not tell, "
                                                                + Failures.told(why))
                                        .orElse("slots may be missing")),
                "; " + consequence,
                silence.orElse(null));
    }
}
