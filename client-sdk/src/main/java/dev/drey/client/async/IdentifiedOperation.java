package dev.drey.client.async;

import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.TriggerResponse;
import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.MultipleJobsDetails;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An operation on a job, under an id that the client chose. One JobManager does not begin it twice,
 * however often it is asked; another one, which does not know the id, would.
 */
final class IdentifiedOperation<V> implements Operation<V> {

    /** What the clock of the server may have run slower than this one, while it was asked. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final Transport transport;
    private final Instances instances;
    private final OperationToken token;
    private final Instant askedAt;
    private final Request trigger;
    private final Function<OperationToken, Question<V>> questions;

    /** Who answered where when it was triggered. */
    private volatile Map<URI, String> before = Map.of();

    IdentifiedOperation(
            Transport transport,
            Instances instances,
            OperationToken token,
            Instant askedAt,
            Request trigger,
            Function<OperationToken, Question<V>> questions) {
        this.transport = transport;
        this.instances = instances;
        this.token = token;
        this.askedAt = askedAt;
        this.trigger = trigger;
        this.questions = questions;
    }

    @Override
    public OperationToken token() {
        return token;
    }

    @Override
    public boolean isIdChosen() {
        return true;
    }

    @Override
    public CompletableFuture<TriggerId> trigger() {
        before = instances.seen();
        return send(trigger);
    }

    private CompletableFuture<TriggerId> send(Request request) {
        return Chain.map(
                transport.ask(request, TriggerResponse.class),
                answer -> {
                    instances.see(answer);
                    return answer.body().triggerId();
                });
    }

    @Override
    public CompletableFuture<TriggerId> recover(Throwable lost, Supplier<Duration> sinceAsked) {
        return Chain.recover(
                Chain.map(questions.apply(token).ask(Optional.empty()), known -> token.id()),
                failure ->
                        Operations.isUnknown(failure)
                                ? again(lost, sinceAsked)
                                : CompletableFuture.failedFuture(failure));
    }

    /** The process that was asked knows whether it was; otherwise the job's age has to tell. */
    private CompletableFuture<TriggerId> again(Throwable lost, Supplier<Duration> sinceAsked) {
        return Instances.asked(lost, before)
                .map(
                        process ->
                                Chain.recover(
                                        send(process.alone(trigger)),
                                        failure ->
                                                Instances.isOther(failure) || isNotReached(failure)
                                                        ? ifSameLeader(lost, sinceAsked)
                                                        : CompletableFuture.failedFuture(failure)))
                .orElseGet(() -> ifSameLeader(lost, sinceAsked));
    }

    /** The process may be gone, and the JobManager not: Drey may be attached to it. */
    private static boolean isNotReached(Throwable failure) {
        return failure instanceof FlinkConnectionException && !OperationPoller.isLost(failure);
    }

    private CompletableFuture<TriggerId> ifSameLeader(
            Throwable lost, Supplier<Duration> sinceAsked) {
        return Chain.then(
                transport.send(Request.get("/jobs/overview"), MultipleJobsDetails.class),
                jobs ->
                        isSameLeader(jobs, sinceAsked.get())
                                ? trigger()
                                : CompletableFuture.failedFuture(
                                        new OutcomeUnknownException(
                                                token.id().value(),
                                                token.description(),
                                                askedAt,
                                                lost)));
    }

    /**
     * A new leader starts the job anew: one that has run for longer is still led by the JobManager
     * that was asked. Its age is told by the server's clock alone.
     */
    private boolean isSameLeader(MultipleJobsDetails jobs, Duration sinceAsked) {
        JobId job = token.job().orElseThrow();
        return jobs.jobs().stream()
                .filter(details -> details.jobId().equals(job))
                .filter(details -> details.endTime() < 0 && details.startTime() > 0)
                .map(JobDetails::duration)
                .map(Duration::ofMillis)
                .anyMatch(age -> age.compareTo(sinceAsked.plus(MARGIN)) > 0);
    }

    @Override
    public Question<V> progress(OperationToken known) {
        return questions.apply(known);
    }
}
