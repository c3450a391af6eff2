package dev.drey.model.applications;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.ApplicationId;
import dev.drey.model.jobs.JobStatus;
import java.util.Map;

/**
 * One application, summarized.
 *
 * @param applicationId the application
 * @param applicationName its name
 * @param startTime when it began to run
 * @param endTime when it reached a terminal state, {@code -1} if it has not
 * @param duration from start to end, or to now
 * @param status its state
 * @param jobs number of its jobs in each state that any of them is in
 */
public record ApplicationDetails(
        @JsonProperty("id") ApplicationId applicationId,
        @JsonProperty("name") String applicationName,
        @JsonProperty("start-time") long startTime,
        @JsonProperty("end-time") long endTime,
        @JsonProperty("duration") long duration,
        @JsonProperty("status") ApplicationState status,
        @JsonProperty("jobs") Map<JobStatus, Integer> jobs) {}
