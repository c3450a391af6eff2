package dev.drey.it.tools.monitor;

import dev.drey.model.JobId;
import dev.drey.model.cluster.ClusterOverviewWithVersion;
import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.JobStatus;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All that is to be seen.
 *
 * @param cluster what the cluster last said of itself, if it ever did
 * @param silence why the cluster is not heard, if it is not
 * @param jobs those that have not ended first, and the newest of them first
 * @param selected the job that was selected, if one was and is there; otherwise the first one is
 * @param question an order that waits to be confirmed
 * @param errands those that are shown, the oldest first
 */
record Board(
        URI endpoint,
        Optional<ClusterOverviewWithVersion> cluster,
        Optional<Silence> silence,
        List<JobRow> jobs,
        Optional<JobId> selected,
        Optional<Order> question,
        List<Errand> errands) {

    /** More than these would crowd out the jobs. */
    private static final int MOST_ERRANDS = 3;

    private static final Comparator<JobRow> ORDER =
            Comparator.comparing(JobRow::isOver)
                    .thenComparing(JobRow::began, Comparator.reverseOrder());

    /** Why the cluster is not heard, and since when. */
    record Silence(Instant since, String reason) {}

    static Board of(URI endpoint) {
        return new Board(
                endpoint,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The cluster has answered. */
    Board seen(ClusterOverviewWithVersion overview, List<JobDetails> details) {
        Map<JobId, JobRow> known =
                jobs.stream().collect(Collectors.toMap(JobRow::id, Function.identity()));
        List<JobRow> rows =
                details.stream()
                        .map(JobRow::of)
                        .map(
                                job ->
                                        Optional.ofNullable(known.get(job.id()))
                                                .map(row -> row.updatedBy(job))
                                                .orElse(job))
                        .toList();
        return new Board(
                        endpoint,
                        Optional.of(overview),
                        Optional.empty(),
                        jobs,
                        selected,
                        question,
                        errands)
                .withJobs(rows);
    }

    /** The cluster has not answered; what it said before stays. */
    Board unheard(Instant now, String reason) {
        Instant since = silence.map(Silence::since).orElse(now);
        return new Board(
                endpoint,
                cluster,
                Optional.of(new Silence(since, reason)),
                jobs,
                selected,
                question,
                errands);
    }

    Board withStatus(JobId job, JobStatus status, Instant at) {
        return withJob(job, row -> row.withStatus(status, at));
    }

    Board withCheckpoint(JobId job, JobRow.Checkpoint checkpoint) {
        return withJob(job, row -> row.withCheckpoint(checkpoint));
    }

    Board withLook(JobId job, Optional<Long> restarts, Optional<JobRow.Vertex> busiest) {
        return withJob(job, row -> row.withLook(restarts, busiest));
    }

    /** Another job is selected, so many rows below. */
    Board selecting(int rowsBelow) {
        if (jobs.isEmpty()) {
            return this;
        }
        int row = Math.max(0, Math.min(jobs.size() - 1, selectedRow() + rowsBelow));
        return withSelection(Optional.of(jobs.get(row).id()));
    }

    /** The job that is selected, unless there are no jobs. */
    Optional<JobRow> selectedJob() {
        return jobs.isEmpty() ? Optional.empty() : Optional.of(jobs.get(selectedRow()));
    }

    /** Where it is, or would be. */
    int selectedRow() {
        return IntStream.range(0, jobs.size())
                .filter(row -> selected.filter(jobs.get(row).id()::equals).isPresent())
                .findFirst()
                .orElse(0);
    }

    /** An order waits to be confirmed. */
    Board asking(Order order) {
        return withQuestion(Optional.of(order));
    }

    /** No order waits any more. */
    Board notAsking() {
        return withQuestion(Optional.empty());
    }

    /** An errand has begun. */
    Board begun(Errand errand) {
        return withErrands(Stream.concat(errands.stream(), Stream.of(errand)).toList());
    }

    /** An errand has ended, and is the latest news. */
    Board ended(Errand ended) {
        return withErrands(
                Stream.concat(
                                errands.stream()
                                        .filter(errand -> errand.number() != ended.number()),
                                Stream.of(ended))
                        .toList());
    }

    private Board withJob(JobId id, UnaryOperator<JobRow> change) {
        return withJobs(
                jobs.stream().map(job -> job.id().equals(id) ? change.apply(job) : job).toList());
    }

    private Board withJobs(List<JobRow> rows) {
        List<JobRow> sorted = rows.stream().sorted(ORDER).toList();
        return new Board(
                endpoint,
                cluster,
                silence,
                sorted,
                selected.filter(id -> find(id, sorted).isPresent()),
                question.filter(
                        order ->
                                find(order.job(), sorted).filter(job -> !job.isOver()).isPresent()),
                errands);
    }

    private static Optional<JobRow> find(JobId id, List<JobRow> rows) {
        return rows.stream().filter(job -> job.id().equals(id)).findFirst();
    }

    private Board withSelection(Optional<JobId> job) {
        return new Board(endpoint, cluster, silence, jobs, job, question, errands);
    }

    private Board withQuestion(Optional<Order> order) {
        return new Board(endpoint, cluster, silence, jobs, selected, order, errands);
    }

    private Board withErrands(List<Errand> all) {
        List<Errand> shown = new ArrayList<>(all);
        while (shown.size() > MOST_ERRANDS) {
            shown.remove(
                    shown.stream()
                            .limit(MOST_ERRANDS)
                            .filter(errand -> !errand.isUnderWay())
                            .findFirst()
                            .orElse(shown.get(0)));
        }
        return new Board(endpoint, cluster, silence, jobs, selected, question, List.copyOf(shown));
    }
}
