package dev.drey.client.async;

import dev.drey.model.JobId;

/**
 * The cluster does not know the job that was waited for, or the job has ended for good in another
 * state than those that were waited for.
 */
public final class JobGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final JobId job;

    JobGoneException(JobId job, String reason, Throwable cause) {
        super("Job %s %s".formatted(job, reason), cause);
        this.job = job;
    }

    /** The job. */
    public JobId job() {
        return job;
    }
}
