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
import dev.drey.model.jobs.JobIdsWithStatusOverview.JobIdWithStatus;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.jobs.JobStatusInfo;
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
        fresh("/jobs after a start", listed(job).isPresent());
        fresh("/jobs/overview after a start", inOverview(job).isPresent());

        Await.job(flink, job).isRunning();
        fresh("/taskmanagers after a start", freeSlots() == cluster.freeSlots() - 1);
        fresh(
                "/overview after a start",
                answer(flink.cluster().overview()).slotsAvailable() == cluster.freeSlots() - 1);

        // What is asked before the job is cancelled must not answer those who ask after.
        List<CompletableFuture<?>> before =
                IntStream.range(0, READS_AT_ONCE)
                        .boxed()
                        .<CompletableFuture<?>>flatMap(
                                read ->
                                        List.of(
                                                flink.jobs().details(job),
                                                flink.jobs().status(job),
                                                flink.jobs().list(),
                                                flink.jobs().overview())
                                                .stream())
                        .toList();
        answer(flink.jobs().cancel(job));
        CompletableFuture<JobStatusInfo> status = flink.jobs().status(job);
        CompletableFuture<JobDetailsInfo> details = flink.jobs().details(job);
        // A job on its way to the archive may be missing for a moment.
        fresh("/jobs after a cancel", listed(job).stream().allMatch(CANCELLED::contains));
        fresh(
                "/jobs/overview after a cancel",
                inOverview(job).stream().allMatch(CANCELLED::contains));
        fresh("/jobs/:jobid/status after a cancel", CANCELLED.contains(answer(status).status()));
        boolean detailsAreFresh = CANCELLED.contains(answer(details).jobStatus());
        // Stock keeps them for a while, whatever happens; a write through Drey ends that.
        if (kind == JobManager.DREY) {
            fresh("/jobs/:jobid after a cancel", detailsAreFresh);
        }
        before.forEach(Await::answer);
        Await.job(flink, job).isCanceled();
    }

    private void fresh(String read, boolean shows) {
        assertThat(shows).as("%s, %s: the read shows the write", kind, read).isTrue();
        comparisons++;
    }

    private Optional<JobStatus> listed(JobId job) {
        return answer(flink.jobs().list()).jobs().stream()
                .filter(listed -> listed.id().equals(job))
                .map(JobIdWithStatus::status)
                .findAny();
    }

    private Optional<JobStatus> inOverview(JobId job) {
        return answer(flink.jobs().overview()).jobs().stream()
                .filter(details -> details.jobId().equals(job))
                .map(JobDetails::status)
                .findAny();
    }

    private int freeSlots() {
        return answer(flink.taskManagers().list()).taskManagerInfos().stream()
                .mapToInt(TaskManagerInfo::numberAvailableSlots)
                .sum();
    }
}
