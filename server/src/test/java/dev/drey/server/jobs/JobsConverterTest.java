package dev.drey.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.JsonTrees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.JobType;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.apache.flink.runtime.messages.webmonitor.JobIdsWithStatusOverview;
import org.apache.flink.runtime.messages.webmonitor.JobIdsWithStatusOverview.JobIdWithStatus;
import org.apache.flink.runtime.messages.webmonitor.JobStatusInfo;
import org.apache.flink.runtime.messages.webmonitor.MultipleJobsDetails;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobsConverterTest {

    @Test
    void aClusterWithoutJobsHasEmptyLists() {
        assertSameAsFlink(List.of());
    }

    @Test
    void jobsInAllStatesAreShown() {
        List<JobDetails> jobs = new ArrayList<>();
        for (JobStatus status : JobStatus.values()) {
            jobs.add(job(status, JobType.STREAMING, SchedulerType.Default));
        }

        assertSameAsFlink(jobs);
    }

    @Test
    void jobsOfAllTypesAndSchedulersAreShown() {
        List<JobDetails> jobs = new ArrayList<>();
        for (SchedulerType scheduler : SchedulerType.values()) {
            for (JobType type : JobType.values()) {
                jobs.add(job(JobStatus.RUNNING, type, scheduler));
            }
        }
        jobs.add(job(JobStatus.INITIALIZING, null, null));

        assertSameAsFlink(jobs);
    }

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void theStatusOfAJobIsShown(JobStatus status) {
        assertThat(JsonTrees.ofDrey(JobsConverter.status(status)))
                .isEqualTo(JsonTrees.ofFlink(new JobStatusInfo(status)));
    }

    private static JobDetails job(JobStatus status, JobType type, SchedulerType scheduler) {
        int[] tasks = IntStream.rangeClosed(1, ExecutionState.values().length).toArray();
        return new JobDetails(
                new JobID(),
                "job of " + status,
                type,
                scheduler,
                1_000,
                status.isGloballyTerminalState() ? 5_000 : -1,
                4_000,
                status,
                4_500,
                tasks,
                Arrays.stream(tasks).sum(),
                Map.of(),
                3);
    }

    private static void assertSameAsFlink(List<JobDetails> jobs) {
        MultipleJobsDetails details = new MultipleJobsDetails(jobs);
        assertThat(JsonTrees.ofDrey(JobsConverter.overview(details)))
                .isEqualTo(JsonTrees.ofFlink(details));
        assertThat(JsonTrees.ofDrey(JobsConverter.idsWithStatus(details)))
                .isEqualTo(
                        JsonTrees.ofFlink(
                                new JobIdsWithStatusOverview(
                                        jobs.stream()
                                                .map(
                                                        job ->
                                                                new JobIdWithStatus(
                                                                        job.getJobId(),
                                                                        job.getStatus()))
                                                .toList())));
    }
}
