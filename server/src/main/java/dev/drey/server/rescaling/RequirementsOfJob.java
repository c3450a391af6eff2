package dev.drey.server.rescaling;

import dev.drey.server.Source;
import dev.drey.server.error.Failures;
import jakarta.ws.rs.NotFoundException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;

/** What the vertices of one job require. Only a job that runs, and can be rescaled, has any. */
record RequirementsOfJob(JobID jobId) implements Source.OfDispatcher<JobResourceRequirements> {

    @Override
    public CompletableFuture<JobResourceRequirements> ask(
            DispatcherGateway dispatcher, Duration timeout) {
        return dispatcher
                .requestJobResourceRequirements(jobId)
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(explained(Failures.strip(failure))));
    }

    static NotFoundException notRunning(JobID job, Throwable cause) {
        return new NotFoundException(
                "Job %s is not running: only a running job has resource requirements"
                        .formatted(job),
                cause);
    }

    private Throwable explained(Throwable failure) {
        if (failure instanceof FlinkJobNotFoundException) {
            return notRunning(jobId, failure);
        }
        if (failure instanceof UnsupportedOperationException) {
            return new NotAdaptiveException(jobId, "resource requirements", failure);
        }
        return failure;
    }

    @Override
    public String description() {
        return "the resource requirements of job " + jobId;
    }
}
