package dev.drey.server.jobs;

import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.JobIdsWithStatusOverview;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.jobs.JobStatusInfo;
import dev.drey.model.jobs.JobType;
import dev.drey.model.jobs.MultipleJobsDetails;
import dev.drey.model.jobs.SchedulerType;
import dev.drey.server.Ids;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.runtime.execution.ExecutionState;

/** Also used for the jobs of an application. */
public final class JobsConverter {

    static JobIdsWithStatusOverview idsWithStatus(
            org.apache.flink.runtime.messages.webmonitor.MultipleJobsDetails jobs) {
        return new JobIdsWithStatusOverview(
                jobs.getJobs().stream()
                        .map(
                                job ->
                                        new JobIdsWithStatusOverview.JobIdWithStatus(
                                                Ids.of(job.getJobId()), status(job)))
                        .toList());
    }

    static MultipleJobsDetails overview(
            org.apache.flink.runtime.messages.webmonitor.MultipleJobsDetails jobs) {
        return new MultipleJobsDetails(
                jobs.getJobs().stream().map(JobsConverter::details).toList());
    }

    static JobStatusInfo status(org.apache.flink.api.common.JobStatus status) {
        return new JobStatusInfo(JobStatus.valueOf(status.name()));
    }

    static JobType jobType(org.apache.flink.runtime.jobgraph.JobType type) {
        return type == null ? null : JobType.valueOf(type.name());
    }

    static SchedulerType schedulerType(JobManagerOptions.SchedulerType type) {
        if (type == null) {
            return null;
        }
        return switch (type) {
            case Default -> SchedulerType.DEFAULT;
            case Adaptive -> SchedulerType.ADAPTIVE;
            case AdaptiveBatch -> SchedulerType.ADAPTIVE_BATCH;
        };
    }

    /** One job, summarized. */
    public static JobDetails details(org.apache.flink.runtime.messages.webmonitor.JobDetails job) {
        return new JobDetails(
                Ids.of(job.getJobId()),
                job.getJobName(),
                job.getStartTime(),
                job.getEndTime(),
                job.getDuration(),
                status(job),
                job.getLastUpdateTime(),
                tasks(job.getNumTasks(), job.getTasksPerState()),
                job.getPendingOperators(),
                jobType(job.getJobType()),
                schedulerType(job.getSchedulerType()));
    }

    private static JobStatus status(org.apache.flink.runtime.messages.webmonitor.JobDetails job) {
        return JobStatus.valueOf(job.getStatus().name());
    }

    @SuppressWarnings("EnumOrdinal") // Flink counts in arrays by ordinal
    private static JobDetails.Tasks tasks(int total, int[] perState) {
        return new JobDetails.Tasks(
                total,
                perState[ExecutionState.CREATED.ordinal()],
                perState[ExecutionState.SCHEDULED.ordinal()],
                perState[ExecutionState.DEPLOYING.ordinal()],
                perState[ExecutionState.RUNNING.ordinal()],
                perState[ExecutionState.FINISHED.ordinal()],
                perState[ExecutionState.CANCELING.ordinal()],
                perState[ExecutionState.CANCELED.ordinal()],
                perState[ExecutionState.FAILED.ordinal()],
                perState[ExecutionState.RECONCILING.ordinal()],
                perState[ExecutionState.INITIALIZING.ordinal()]);
    }

    private JobsConverter() {}
}
