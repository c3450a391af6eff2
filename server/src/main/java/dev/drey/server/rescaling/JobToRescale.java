package dev.drey.server.rescaling;

import dev.drey.server.Source;
import dev.drey.server.error.Failures;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.UnavailableDispatcherOperationException;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

/** One job as it is at this moment, which nothing that is kept could tell. */
record JobToRescale(JobID jobId) implements Source.OfDispatcher<JobToRescale.State> {

    /**
     * How the job is.
     *
     * @param requirements empty if it has ended, or its scheduler knows none
     */
    record State(ExecutionGraphInfo graph, Optional<JobResourceRequirements> requirements) {}

    @Override
    public CompletableFuture<State> ask(DispatcherGateway dispatcher, Duration timeout) {
        return dispatcher
                .requestExecutionGraphInfo(jobId, timeout)
                .thenCompose(
                        graph ->
                                requirements(dispatcher)
                                        .thenApply(requirements -> new State(graph, requirements)));
    }

    private CompletableFuture<Optional<JobResourceRequirements>> requirements(
            DispatcherGateway dispatcher) {
        return dispatcher
                .requestJobResourceRequirements(jobId)
                .thenApply(Optional::of)
                .exceptionallyCompose(
                        failure ->
                                hasNone(Failures.strip(failure))
                                        ? CompletableFuture.completedFuture(Optional.empty())
                                        : CompletableFuture.failedFuture(failure));
    }

    private static boolean hasNone(Throwable failure) {
        return failure instanceof FlinkJobNotFoundException
                || failure instanceof UnsupportedOperationException
                // It is being initialized.
                || failure instanceof UnavailableDispatcherOperationException;
    }

    @Override
    public String description() {
        return "the state of job " + jobId;
    }
}
