package dev.drey.client.async;

import dev.drey.client.error.FlinkRestException;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.JobId;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.jobs.JobStatusInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Asks whether a job has come to one of some states. Used by the client of jobs. */
public final class JobStatusQuestion implements Question<JobStatus> {
    private static final String NOT_FOUND_BY_STOCK = "FlinkJobNotFoundException";

    private final Transport transport;
    private final JobId job;
    private final Set<JobStatus> awaited;
    private volatile JobStatus seen = JobStatus.UNKNOWN;

    /** Made by the client of jobs. */
    public JobStatusQuestion(Transport transport, JobId job, Set<JobStatus> awaited) {
        this.transport = transport;
        this.job = job;
        this.awaited = Set.copyOf(awaited);
    }

    @Override
    public CompletableFuture<Progress<JobStatus>> ask(Optional<Duration> wait) {
        Request request = Request.get("/jobs/:jobid/status", job.value());
        // The first answer is wanted at once, for it may be the one that is waited for.
        Request asked =
                seen == JobStatus.UNKNOWN
                        ? request
                        : Operations.held(request.withQuery("not", seen.name()), wait);
        return Chain.map(
                transport.ask(asked, JobStatusInfo.class),
                answer -> {
                    JobStatus told = answer.body().status();
                    seen = told == null ? JobStatus.UNKNOWN : told;
                    if (awaited.contains(seen)) {
                        return Progress.ended(seen);
                    }
                    if (seen.isGloballyTerminal()) {
                        throw new JobGoneException(job, "has ended as " + seen, null);
                    }
                    return Progress.goesOn(Operations.wasHeld(answer));
                });
    }

    @Override
    public CompletableFuture<JobStatus> inPlaceOf(Throwable failure) {
        return CompletableFuture.failedFuture(
                isUnknown(failure)
                        ? new JobGoneException(job, "is unknown to the cluster", failure)
                        : failure);
    }

    private static boolean isUnknown(Throwable failure) {
        return Operations.isUnknown(failure)
                || (failure instanceof FlinkRestException answered
                        && answered.errors().stream()
                                .anyMatch(error -> error.contains(NOT_FOUND_BY_STOCK)));
    }
}
