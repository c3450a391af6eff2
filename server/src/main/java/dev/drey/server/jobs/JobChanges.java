package dev.drey.server.jobs;

import dev.drey.model.JobVertexId;
import dev.drey.model.jobs.JobEvent;
import dev.drey.model.jobs.JobEvent.CheckpointEnded;
import dev.drey.model.jobs.JobEvent.Rescaled;
import dev.drey.model.jobs.JobEvent.RescaledVertex;
import dev.drey.model.jobs.JobEvent.Restarted;
import dev.drey.model.jobs.JobEvent.StatusChanged;
import dev.drey.model.jobs.JobStatus;
import dev.drey.server.Ids;
import dev.drey.server.checkpoints.CheckpointsConverter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.FailedCheckpointStats;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.exceptionhistory.RootExceptionHistoryEntry;

/** What happens to a job between two looks at its execution graph. */
final class JobChanges {

    private static final Set<JobStatus> STARTING =
            Set.of(JobStatus.INITIALIZING, JobStatus.CREATED, JobStatus.RUNNING);

    /**
     * On their way to an end. To restart a job, the adaptive scheduler cancels or fails what it ran
     * as, and notes that, but not as the job's status.
     */
    private static final Set<JobStatus> ENDING = Set.of(JobStatus.CANCELLING, JobStatus.FAILING);

    /** A status that the job came to. */
    private record Step(JobStatus to, long timestamp) {}

    /** An event in its place: what a failure leads to is told after the failure's effect began. */
    private record Placed(long timestamp, JobEvent event) {}

    /** What tells a failure from others: those that came with it are added as they are known. */
    private record Failure(long timestamp, String exceptionName, String taskName) {

        static Failure of(RootExceptionHistoryEntry entry) {
            return new Failure(
                    entry.getTimestamp(),
                    entry.getException().getOriginalErrorClassName(),
                    entry.getFailingTaskName());
        }
    }

    private final long begin;
    private final Map<JobStatus, Long> reached = new EnumMap<>(JobStatus.class);
    private final Map<JobVertexId, Integer> parallelism = new HashMap<>();
    private JobStatus status;
    private Set<Failure> failures = Set.of();
    private Set<Long> endedCheckpoints = Set.of();

    private JobChanges(long begin) {
        this.begin = begin;
    }

    /**
     * Begins with what a job looks like.
     *
     * @param now when {@code graph} was looked at, in milliseconds since the epoch
     */
    static JobChanges since(ExecutionGraphInfo graph, long now) {
        JobChanges changes = new JobChanges(now);
        changes.status = status(graph);
        changes.newSteps(graph);
        changes.newFailures(graph);
        changes.newlyEndedCheckpoints(graph);
        changes.newlyRescaled(graph);
        return changes;
    }

    /** The status at the last look. */
    JobStatus status() {
        return status;
    }

    /**
     * What happened since the last look, in the order of time.
     *
     * @param now when {@code graph} was looked at, in milliseconds since the epoch
     */
    List<JobEvent> until(ExecutionGraphInfo graph, long now) {
        List<Placed> events = new ArrayList<>();
        for (AbstractCheckpointStats checkpoint : newlyEndedCheckpoints(graph)) {
            long end = end(checkpoint);
            events.add(
                    new Placed(
                            end,
                            new CheckpointEnded(end, CheckpointsConverter.inBrief(checkpoint))));
        }
        List<RootExceptionHistoryEntry> causes = newFailures(graph);
        RootExceptionHistoryEntry fatal = status(graph) == JobStatus.FAILED ? last(graph) : null;
        List<StatusChanged> changes = changes(graph, fatal, now);
        changes.forEach(change -> events.add(new Placed(change.timestamp(), change)));
        for (RootExceptionHistoryEntry cause : causes) {
            if (cause != fatal) {
                events.add(
                        new Placed(
                                restart(changes, cause.getTimestamp()),
                                new Restarted(
                                        cause.getTimestamp(), JobExceptionsConverter.root(cause))));
            }
        }
        List<RescaledVertex> rescaled = newlyRescaled(graph);
        if (!rescaled.isEmpty()) {
            long since = reached.getOrDefault(JobStatus.RUNNING, now);
            events.add(new Placed(since, new Rescaled(since, rescaled)));
        }
        return events.stream()
                .sorted(Comparator.comparingLong(Placed::timestamp))
                .map(Placed::event)
                .toList();
    }

    private List<StatusChanged> changes(
            ExecutionGraphInfo graph, RootExceptionHistoryEntry fatal, long now) {
        List<Step> steps = newSteps(graph);
        JobStatus current = status(graph);
        if (current != status && steps.stream().noneMatch(step -> step.to() == current)) {
            steps.add(new Step(current, now));
        }
        List<StatusChanged> changes = new ArrayList<>();
        for (Step step : steps) {
            if (status == JobStatus.RUNNING && STARTING.contains(step.to())) {
                // It was restarted within the time between two looks.
                changes.add(change(new Step(JobStatus.RESTARTING, step.timestamp()), null));
            }
            if (step.to() != status) {
                changes.add(change(step, step.to() == JobStatus.FAILED ? fatal : null));
            }
        }
        return changes;
    }

    private StatusChanged change(Step step, RootExceptionHistoryEntry cause) {
        JobStatus from = status;
        status = step.to();
        return new StatusChanged(
                step.timestamp(),
                from,
                step.to(),
                cause == null ? null : JobExceptionsConverter.root(cause));
    }

    /** The statuses that it came to, as far as Flink notes when it did; the current one last. */
    private List<Step> newSteps(ExecutionGraphInfo graph) {
        List<Step> steps = new ArrayList<>();
        for (var status : org.apache.flink.api.common.JobStatus.values()) {
            Step step =
                    new Step(
                            JobStatus.valueOf(status.name()),
                            graph.getArchivedExecutionGraph().getStatusTimestamp(status));
            if (step.timestamp() > reached.getOrDefault(step.to(), 0L)) {
                reached.put(step.to(), step.timestamp());
                if (!ENDING.contains(step.to()) || isEnding(graph)) {
                    steps.add(step);
                }
            }
        }
        steps.sort(
                Comparator.comparingLong(Step::timestamp)
                        .thenComparing(step -> step.to() == status(graph)));
        return steps;
    }

    private List<RootExceptionHistoryEntry> newFailures(ExecutionGraphInfo graph) {
        Map<Failure, RootExceptionHistoryEntry> known = new LinkedHashMap<>();
        graph.getExceptionHistory().forEach(entry -> known.put(Failure.of(entry), entry));
        List<RootExceptionHistoryEntry> added =
                known.entrySet().stream()
                        .filter(failure -> !failures.contains(failure.getKey()))
                        .map(Map.Entry::getValue)
                        .toList();
        failures = known.keySet();
        return added;
    }

    private List<AbstractCheckpointStats> newlyEndedCheckpoints(ExecutionGraphInfo graph) {
        CheckpointStatsSnapshot checkpoints =
                graph.getArchivedExecutionGraph().getCheckpointStatsSnapshot();
        // A job that has no resources yet shows no history, which it has all the same.
        if (checkpoints == null || checkpoints.getHistory().getCheckpoints().isEmpty()) {
            return List.of();
        }
        List<AbstractCheckpointStats> ended =
                checkpoints.getHistory().getCheckpoints().stream()
                        .filter(checkpoint -> !checkpoint.getStatus().isInProgress())
                        .toList();
        Set<Long> known = endedCheckpoints;
        endedCheckpoints =
                ended.stream()
                        .map(AbstractCheckpointStats::getCheckpointId)
                        .collect(Collectors.toSet());
        return ended.stream()
                .filter(checkpoint -> !known.contains(checkpoint.getCheckpointId()))
                .filter(checkpoint -> end(checkpoint) >= begin)
                .toList();
    }

    /** Before a job runs, its vertices have the parallelism that it would like. */
    private List<RescaledVertex> newlyRescaled(ExecutionGraphInfo graph) {
        List<RescaledVertex> rescaled = new ArrayList<>();
        if (status(graph) == JobStatus.RUNNING) {
            for (AccessExecutionJobVertex vertex :
                    graph.getArchivedExecutionGraph().getVerticesTopologically()) {
                JobVertexId id = Ids.of(vertex.getJobVertexId());
                Integer before = parallelism.put(id, vertex.getParallelism());
                if (before != null && before != vertex.getParallelism()) {
                    rescaled.add(
                            new RescaledVertex(
                                    id, vertex.getName(), before, vertex.getParallelism()));
                }
            }
        }
        return rescaled;
    }

    /** A restart is told after the job's change of status, if that is news as well. */
    private static long restart(List<StatusChanged> changes, long failure) {
        return changes.stream()
                .filter(change -> change.to() == JobStatus.RESTARTING)
                .mapToLong(StatusChanged::timestamp)
                .filter(timestamp -> timestamp >= failure)
                .findFirst()
                .orElse(failure);
    }

    private static long end(AbstractCheckpointStats checkpoint) {
        return checkpoint instanceof FailedCheckpointStats failed
                ? failed.getFailureTimestamp()
                : checkpoint.getTriggerTimestamp() + Math.max(0, checkpoint.getEndToEndDuration());
    }

    private static RootExceptionHistoryEntry last(ExecutionGraphInfo graph) {
        RootExceptionHistoryEntry last = null;
        for (RootExceptionHistoryEntry entry : graph.getExceptionHistory()) {
            last = entry;
        }
        return last;
    }

    private static boolean isEnding(ExecutionGraphInfo graph) {
        return status(graph).isGloballyTerminal() || ENDING.contains(status(graph));
    }

    private static JobStatus status(ExecutionGraphInfo graph) {
        return JobStatus.valueOf(graph.getArchivedExecutionGraph().getState().name());
    }
}
