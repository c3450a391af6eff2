package dev.drey.server.jobs;

import dev.drey.server.ClusterGateways;
import dev.drey.server.Source;
import jakarta.ws.rs.BadRequestException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;

/** The state of one job. */
record StatusOfJob(JobID jobId) implements Source.OfDispatcher<JobStatus> {

    /** Names the status that the client knows. */
    static final String NOT = "not";

    @Override
    public CompletableFuture<JobStatus> ask(DispatcherGateway dispatcher, Duration timeout) {
        return dispatcher.requestJobStatus(jobId, timeout);
    }

    static JobStatus parse(String name) {
        return Arrays.stream(JobStatus.values())
                .filter(status -> status.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new BadRequestException(
                                        "Parameter '%s': '%s' is no status of a job: expected one of %s"
                                                .formatted(
                                                        NOT,
                                                        name,
                                                        Arrays.toString(JobStatus.values()))));
    }

    /**
     * Completes when the job has another status than {@code known}, or one that will not change.
     */
    CompletableFuture<JobStatus> becomesOtherThan(
            JobStatus known, ClusterGateways gateways, Duration timeout) {
        return gateways.polls()
                .until(
                        this,
                        () -> fetch(gateways, timeout),
                        status -> status != known || status.isGloballyTerminalState());
    }

    @Override
    public String description() {
        return "the status of job " + jobId;
    }
}
