package dev.drey.server.rescaling;

import jakarta.ws.rs.NotFoundException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.JobManagerOptions;

/** What only the adaptive scheduler has was asked for of a job that another one runs, or none. */
final class NotAdaptiveException extends NotFoundException {

    private static final long serialVersionUID = 1L;

    /**
     * @param missing what the job does not have
     * @param cause what the cluster said, or {@code null}
     */
    NotAdaptiveException(JobID job, String missing, Throwable cause) {
        super(
                "Job %s has no %s: the %s scheduler (%s) does not run it, or not yet"
                        .formatted(
                                job,
                                missing,
                                JobManagerOptions.SchedulerType.Adaptive,
                                JobManagerOptions.SCHEDULER.key()),
                cause);
    }
}
