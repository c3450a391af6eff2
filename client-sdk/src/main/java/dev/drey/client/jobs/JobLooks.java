package dev.drey.client.jobs;

import dev.drey.model.JobVertexId;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.checkpoints.CheckpointingStatistics;
import dev.drey.model.jobs.JobDetailsInfo;
import dev.drey.model.jobs.JobDetailsInfo.JobVertexDetailsInfo;
import dev.drey.model.jobs.JobEvent;
import dev.drey.model.jobs.JobEvent.CheckpointEnded;
import dev.drey.model.jobs.JobEvent.Rescaled;
import dev.drey.model.jobs.JobEvent.RescaledVertex;
import dev.drey.model.jobs.JobEvent.Restarted;
import dev.drey.model.jobs.JobEvent.StatusChanged;
import dev.drey.model.jobs.JobExceptionsInfoWithHistory;
import dev.drey.model.jobs.JobExceptionsInfoWithHistory.RootExceptionInfo;
import dev.drey.model.jobs.JobStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What happened to a job between two looks at it. */
final class JobLooks {

    /** What tells a failure from others: those that came with it are added as they are known. */
    private record Failure(long timestamp, String exceptionName, String taskName) {
        static Failure of(RootExceptionInfo info) {
            return new Failure(info.timestamp(), info.exceptionName(), info.taskName());
        }
    }

    /**
     * What a job looks like.
     *
     * @param failures newest first
     */
    record Look(
            JobDetailsInfo details,
            List<CheckpointStatistics> checkpoints,
            List<RootExceptionInfo> failures) {

        Look(JobDetailsInfo details, Optional<CheckpointingStatistics> statistics) {
            this(
                    details,
                    statistics.map(CheckpointingStatistics::history).orElse(List.of()),
                    List.of());
        }

        Look with(JobExceptionsInfoWithHistory exceptions) {
            return new Look(details, checkpoints, exceptions.exceptionHistory().entries());
        }

        JobStatus status() {
            return details.jobStatus();
        }
    }

    private final long begin;
    private final Map<JobStatus, Long> reached = new HashMap<>();
    private final Map<JobVertexId, Integer> parallelism = new HashMap<>();
    private final Set<Failure> failures = new HashSet<>();
    private final Set<Long> endedCheckpoints = new HashSet<>();
    private JobStatus status;

    JobLooks(Look first) {
        begin = first.details().now();
        status = first.status();
        reached.putAll(first.details().timestamps());
        newFailures(first);
        endedCheckpoints(first);
        rescaledVertices(first);
    }

    /** The status that the job had at the first look. */
    JobEvent first() {
        return new StatusChanged(begin, null, status, null);
    }

    /** What happened since the last look, in the order of time. */
    List<JobEvent> until(Look look) {
        List<JobEvent> events = new ArrayList<>();
        for (CheckpointStatistics checkpoint : endedCheckpoints(look)) {
            events.add(new CheckpointEnded(end(checkpoint), checkpoint));
        }
        List<RootExceptionInfo> causes = newFailures(look);
        RootExceptionInfo fatal =
                look.status() == JobStatus.FAILED
                        ? look.failures().stream().findFirst().orElse(null)
                        : null;
        for (RootExceptionInfo cause : causes) {
            if (!cause.equals(fatal)) {
                events.add(new Restarted(cause.timestamp(), cause));
            }
        }
        events.addAll(changes(look, fatal));
        List<RescaledVertex> rescaled = rescaledVertices(look);
        if (!rescaled.isEmpty()) {
            events.add(
                    new Rescaled(
                            reached.getOrDefault(JobStatus.RUNNING, look.details().now()),
                            rescaled));
        }
        events.sort(Comparator.comparingLong(JobEvent::timestamp));
        return events;
    }

    /** Flink notes when a job came to a status last. */
    private List<StatusChanged> changes(Look look, RootExceptionInfo fatal) {
        List<Map.Entry<JobStatus, Long>> steps =
                look.details().timestamps().entrySet().stream()
                        .filter(step -> step.getValue() > reached.getOrDefault(step.getKey(), 0L))
                        .sorted(
                                Map.Entry.<JobStatus, Long>comparingByValue()
                                        .thenComparing(step -> step.getKey() == look.status()))
                        .toList();
        List<StatusChanged> changes = new ArrayList<>();
        for (Map.Entry<JobStatus, Long> step : steps) {
            reached.put(step.getKey(), step.getValue());
            change(step.getKey(), step.getValue(), fatal).ifPresent(changes::add);
        }
        change(look.status(), look.details().now(), fatal).ifPresent(changes::add);
        return changes;
    }

    private Optional<StatusChanged> change(JobStatus to, long timestamp, RootExceptionInfo fatal) {
        if (to == status) {
            return Optional.empty();
        }
        JobStatus from = status;
        status = to;
        return Optional.of(
                new StatusChanged(timestamp, from, to, to == JobStatus.FAILED ? fatal : null));
    }

    private List<RootExceptionInfo> newFailures(Look look) {
        return look.failures().stream()
                .filter(failure -> failures.add(Failure.of(failure)))
                .toList();
    }

    private List<CheckpointStatistics> endedCheckpoints(Look look) {
        return look.checkpoints().stream()
                .filter(
                        checkpoint ->
                                checkpoint instanceof CheckpointStatistics.Completed
                                        || checkpoint instanceof CheckpointStatistics.Failed)
                .filter(checkpoint -> endedCheckpoints.add(checkpoint.id()))
                .filter(checkpoint -> end(checkpoint) >= begin)
                .toList();
    }

    private static long end(CheckpointStatistics checkpoint) {
        return checkpoint instanceof CheckpointStatistics.Failed failed
                ? failed.failureTimestamp()
                : checkpoint.triggerTimestamp() + Math.max(0, checkpoint.duration());
    }

    /** Before a job runs, its vertices have the parallelism that it would like. */
    private List<RescaledVertex> rescaledVertices(Look look) {
        List<RescaledVertex> rescaled = new ArrayList<>();
        if (look.status() == JobStatus.RUNNING) {
            for (JobVertexDetailsInfo vertex : look.details().jobVertexInfos()) {
                Integer before = parallelism.put(vertex.jobVertexId(), vertex.parallelism());
                if (before != null && before != vertex.parallelism()) {
                    rescaled.add(
                            new RescaledVertex(
                                    vertex.jobVertexId(),
                                    vertex.name(),
                                    before,
                                    vertex.parallelism()));
                }
            }
        }
        return rescaled;
    }
}
