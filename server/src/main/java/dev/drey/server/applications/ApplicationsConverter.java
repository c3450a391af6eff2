package dev.drey.server.applications;

import dev.drey.model.applications.ApplicationDetails;
import dev.drey.model.applications.ApplicationDetailsInfo;
import dev.drey.model.applications.ApplicationExceptionsInfoWithHistory;
import dev.drey.model.applications.ApplicationExceptionsInfoWithHistory.ApplicationExceptionHistory;
import dev.drey.model.applications.ApplicationExceptionsInfoWithHistory.ApplicationExceptionInfo;
import dev.drey.model.applications.ApplicationState;
import dev.drey.model.applications.MultipleApplicationsDetails;
import dev.drey.model.jobs.JobStatus;
import dev.drey.server.Ids;
import dev.drey.server.jobs.JobsConverter;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.runtime.application.ApplicationExceptionHistoryEntry;
import org.apache.flink.runtime.application.ArchivedApplication;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.apache.flink.runtime.rest.util.RestMapperUtils;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;

final class ApplicationsConverter {

    private static final long NOT_YET = -1L;

    static MultipleApplicationsDetails overview(
            org.apache.flink.runtime.messages.webmonitor.MultipleApplicationsDetails applications) {
        return new MultipleApplicationsDetails(
                applications.getApplications().stream()
                        .map(ApplicationsConverter::summary)
                        .toList());
    }

    static ApplicationDetailsInfo details(ArchivedApplication application) {
        return details(application, System.currentTimeMillis());
    }

    static ApplicationDetailsInfo details(ArchivedApplication application, long now) {
        org.apache.flink.api.common.ApplicationState state = application.getApplicationStatus();
        long startTime =
                application.getStatusTimestamp(
                        org.apache.flink.api.common.ApplicationState.RUNNING);
        long endTime = state.isTerminalState() ? application.getStatusTimestamp(state) : NOT_YET;
        return new ApplicationDetailsInfo(
                Ids.of(application.getApplicationId()),
                application.getApplicationName(),
                ApplicationState.valueOf(state.name()),
                startTime,
                endTime,
                (endTime >= 0 ? endTime : now) - startTime,
                timestamps(application),
                application.getJobs().values().stream()
                        .map(JobDetails::createDetailsForJob)
                        .map(JobsConverter::details)
                        .toList());
    }

    static ApplicationExceptionsInfoWithHistory exceptions(ArchivedApplication application) {
        return new ApplicationExceptionsInfoWithHistory(
                new ApplicationExceptionHistory(
                        application.getExceptionHistory().stream()
                                .map(ApplicationsConverter::exception)
                                .toList()));
    }

    private static ApplicationExceptionInfo exception(ApplicationExceptionHistoryEntry failure) {
        return new ApplicationExceptionInfo(
                failure.getException().getOriginalErrorClassName(),
                failure.getExceptionAsString(),
                failure.getTimestamp(),
                failure.getJobId().map(Ids::of).orElse(null));
    }

    private static ApplicationDetails summary(
            org.apache.flink.runtime.messages.webmonitor.ApplicationDetails application) {
        return new ApplicationDetails(
                Ids.of(application.getApplicationId()),
                application.getApplicationName(),
                application.getStartTime(),
                application.getEndTime(),
                application.getDuration(),
                ApplicationState.valueOf(application.getStatus()),
                jobs(application));
    }

    /** Flink shows these counts to its own mapper only. */
    private static Map<JobStatus, Integer> jobs(
            org.apache.flink.runtime.messages.webmonitor.ApplicationDetails application) {
        JsonNode counts =
                RestMapperUtils.getStrictObjectMapper()
                        .<JsonNode>valueToTree(application)
                        .get("jobs");
        Map<JobStatus, Integer> jobs = new EnumMap<>(JobStatus.class);
        for (Map.Entry<String, JsonNode> count : counts.properties()) {
            jobs.put(JobStatus.valueOf(count.getKey()), count.getValue().intValue());
        }
        return jobs;
    }

    private static Map<ApplicationState, Long> timestamps(ArchivedApplication application) {
        Map<ApplicationState, Long> timestamps = new EnumMap<>(ApplicationState.class);
        for (org.apache.flink.api.common.ApplicationState state :
                org.apache.flink.api.common.ApplicationState.values()) {
            timestamps.put(
                    ApplicationState.valueOf(state.name()), application.getStatusTimestamp(state));
        }
        return timestamps;
    }

    private ApplicationsConverter() {}
}
