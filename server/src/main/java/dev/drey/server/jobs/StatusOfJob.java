package dev.drey.server.jobs;

import dev.drey.server.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;

/** The state of one job. */
record StatusOfJob(JobID jobId) implements Source.OfDispatcher<JobStatus> {

    @Override
    public CompletableFuture<JobStatus> ask(DispatcherGateway dispatcher, Duration timeout) {
        return dispatcher.requestJobStatus(jobId, timeout);
    }

    @Override
    public String description() {
        return "the status of job " + jobId;
    }
}
