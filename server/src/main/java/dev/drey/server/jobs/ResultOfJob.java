package dev.drey.server.jobs;

import dev.drey.server.Source;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.jobmaster.JobResult;

/** What came of one job; empty while it goes on. */
record ResultOfJob(JobID jobId) implements Source.OfDispatcher<Optional<JobResult>> {

    /** Asked for its result, a dispatcher answers only when the job has ended. */
    @Override
    public CompletableFuture<Optional<JobResult>> ask(
            DispatcherGateway dispatcher, Duration timeout) {
        return dispatcher
                .requestJobStatus(jobId, timeout)
                .thenCompose(
                        status ->
                                status.isGloballyTerminalState()
                                        ? dispatcher
                                                .requestJobResult(jobId, timeout)
                                                .thenApply(Optional::of)
                                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    @Override
    public String description() {
        return "the result of job " + jobId;
    }
}
