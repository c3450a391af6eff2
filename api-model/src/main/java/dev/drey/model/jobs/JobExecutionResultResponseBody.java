package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.async.QueueStatus;

/**
 * Whether a job has ended, and with what.
 *
 * @param status whether it has
 * @param jobExecutionResult what came of it, {@code null} while it goes on
 */
public record JobExecutionResultResponseBody(
        @JsonProperty("status") QueueStatus status,
        @JsonProperty("job-execution-result") @JsonInclude(JsonInclude.Include.NON_NULL)
                JobResult jobExecutionResult) {

    /** A job that goes on. */
    public static JobExecutionResultResponseBody inProgress() {
        return new JobExecutionResultResponseBody(QueueStatus.inProgress(), null);
    }

    /** A job that ended with {@code result}. */
    public static JobExecutionResultResponseBody completed(JobResult result) {
        return new JobExecutionResultResponseBody(QueueStatus.completed(), result);
    }
}
