package dev.drey.it.speed;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.ProcessCluster.JobManager;
import dev.drey.it.example.CountingJob;
import dev.drey.model.JobId;
import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.JobDetailsInfo;
import dev.drey.model.jobs.JobIdsWithStatusOverview;
import dev.drey.model.jobs.JobIdsWithStatusOverview.JobIdWithStatus;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.jobs.JobStatusInfo;
import dev.drey.model.jobs.MultipleJobsDetails;
import dev.drey.model.taskmanagers.TaskManagerInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Speed that shows an older state is none: what was written must be in the next read. */
final class Freshness {

    private static final int READS_AT_ONCE = 8;

    private static final Set<JobStatus> CANCELLED =
            Set.of(JobStatus.CANCELLING, JobStatus.CANCELED);

    private final JobManager kind;
    private final MeasuredCluster cluster;
    private final FlinkMonitoringClient flink;
    private int comparisons;

    Freshness(JobManager kind, MeasuredCluster cluster) {
        this.kind = kind;
        this.cluster = cluster;
        this.flink = cluster.flink();
    }

    /** How many reads were compared with what was written before. */
    int comparisons() {
        return comparisons;
    }

    /**
     * Starts a job and cancels it, and reads after each of both.
     *
     * @throws AssertionError if a read does not show it
     */
    void probe() throws Exception {
        Await.untilTrue("the slots are free", () -> freeSlots() == cluster.freeSlots());
        JobId job = cluster.jobs().start(CountingJob.class);
        Reads started = read(job);
        fresh("/jobs after a start", started.listed(job).isPresent());
        fresh("/jobs/overview after a start", started.inOverview(job).isPresent());
        started.awaitAll();

        Await.job(flink, job).isRunning();
        fresh("/taskmanagers after a start", freeSlots() == cluster.freeSlots() - 1);
        fresh(
                "/overview after a start",
                answer(flink.cluster().overview()).slotsAvailable() == cluster.freeSlots() - 1);

        // What is asked before the job is cancelled must not answer those who ask after.
        List<Reads> before = IntStream.range(0, READS_AT_ONCE).mapToObj(read -> read(job)).toList();
        answer(flink.jobs().cancel(job));
        Reads after = read(job);
        fresh(
                "/jobs/:jobid/status after a cancel",
                CANCELLED.contains(answer(after.status).status()));
        // A job on its way to the archive may be missing in lists for a moment.
        fresh("/jobs after a cancel", after.listed(job).stream().allMatch(CANCELLED::contains));
        fresh(
                "/jobs/overview after a cancel",
                after.inOverview(job).stream().allMatch(CANCELLED::contains));
        boolean detailsAreFresh = CANCELLED.contains(answer(after.details).jobStatus());
        // Stock keeps them for a while, whatever happens; a write through Drey ends that.
        if (kind == JobManager.DREY) {
            fresh("/jobs/:jobid after a cancel", detailsAreFresh);
        }
        before.forEach(Reads::awaitAll);
        Await.job(flink, job).isCanceled();
    }

    private void fresh(String read, boolean shows) {
        assertThat(shows).as("%s, %s: the read shows the write", kind, read).isTrue();
        comparisons++;
    }

    private Reads read(JobId job) {
        return new Reads(
                flink.jobs().status(job),
                flink.jobs().list(),
                flink.jobs().overview(),
                flink.jobs().details(job));
    }

    private int freeSlots() {
        return answer(flink.taskManagers().list()).taskManagerInfos().stream()
                .mapToInt(TaskManagerInfo::numberAvailableSlots)
                .sum();
    }

    /** Everything that tells the status of a job, asked at once. */
    private record Reads(
            CompletableFuture<JobStatusInfo> status,
            CompletableFuture<JobIdsWithStatusOverview> list,
            CompletableFuture<MultipleJobsDetails> overview,
            CompletableFuture<JobDetailsInfo> details) {

        Optional<JobStatus> listed(JobId job) {
            return answer(list).jobs().stream()
                    .filter(listed -> listed.id().equals(job))
                    .map(JobIdWithStatus::status)
                    .findAny();
        }

        Optional<JobStatus> inOverview(JobId job) {
            return answer(overview).jobs().stream()
                    .filter(details -> details.jobId().equals(job))
                    .map(JobDetails::status)
                    .findAny();
        }

        void awaitAll() {
            answer(CompletableFuture.allOf(status, list, overview, details));
        }
    }
}
