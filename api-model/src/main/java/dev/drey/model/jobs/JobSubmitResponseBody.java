package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobId;

/**
 * The answer to submitting a job.
 *
 * @param jobUrl path of the job, without a version: {@code /jobs/<id>}
 */
public record JobSubmitResponseBody(@JsonProperty("jobUrl") String jobUrl) {

    private static final String JOBS = "/jobs/";

    /** The answer for {@code job}. */
    public static JobSubmitResponseBody of(JobId job) {
        return new JobSubmitResponseBody(JOBS + job.value());
    }

    /**
     * The job.
     *
     * @throws IllegalArgumentException if the path ends in no id
     */
    @JsonIgnore
    public JobId jobId() {
        return new JobId(jobUrl.substring(jobUrl.lastIndexOf('/') + 1));
    }
}
