package dev.drey.server.async;

import static java.util.Objects.requireNonNull;

import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.OperationKind;
import dev.drey.server.Answerable;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A write that starts an asynchronous operation. A resource method returns it; {@link Operations}
 * starts it, unless it was started before, and answers its trigger id.
 *
 * @param job the job it is for
 * @param target what it works on, or where it writes to
 * @param chosen the id that the client chose
 * @param content what was sent: it tells whether a repeated request asks for the same
 * @param acknowledged the status of the answer
 * @param attempt the operation of an id, to be started
 */
public record Trigger(
        OperationKind kind,
        Optional<JobId> job,
        Optional<String> target,
        Optional<TriggerId> chosen,
        Object content,
        Response.Status acknowledged,
        Function<TriggerId, Attempt> attempt)
        implements Answerable {

    /**
     * An operation to be started.
     *
     * @param start asks the cluster to take it on, and completes when it has; if it fails, the
     *     request is refused and there is no operation
     */
    public record Attempt(Operation<?> operation, Supplier<CompletionStage<?>> start) {}

    public Trigger {
        requireNonNull(kind, "kind is null");
        requireNonNull(job, "job is null");
        requireNonNull(target, "target is null");
        requireNonNull(chosen, "chosen is null");
        requireNonNull(content, "content is null");
        requireNonNull(acknowledged, "acknowledged is null");
        requireNonNull(attempt, "attempt is null");
    }

    /**
     * An operation on a job, which the cluster takes on even if it does not know the job.
     *
     * @param chosen the id that the client chose, or {@code null}
     * @param start asks the cluster to take it on, and completes when it has
     */
    public static <O extends JobOperation<?, ?>> Trigger ofJob(
            OperationKind kind,
            JobId job,
            Optional<String> target,
            TriggerId chosen,
            Object content,
            Function<TriggerId, O> operation,
            Function<O, CompletionStage<?>> start) {
        return new Trigger(
                kind,
                Optional.of(job),
                target,
                Optional.ofNullable(chosen),
                content,
                Response.Status.ACCEPTED,
                id -> {
                    O of = operation.apply(id);
                    return new Attempt(of, () -> start.apply(of));
                });
    }

    /**
     * An operation of which only this endpoint knows how it ends.
     *
     * @param target what it works on
     * @param gateway who does it
     * @param work what it does, to its end
     */
    public static <G> Trigger ofEndpoint(
            OperationKind kind,
            String target,
            Response.Status acknowledged,
            Function<TriggerId, KeptOperation> operation,
            Supplier<? extends CompletionStage<G>> gateway,
            Function<? super G, ? extends CompletionStage<?>> work) {
        return new Trigger(
                kind,
                Optional.empty(),
                Optional.of(target),
                Optional.empty(),
                target,
                acknowledged,
                id -> {
                    KeptOperation triggered = operation.apply(id).triggered();
                    return new Attempt(
                            triggered,
                            () ->
                                    gateway.get()
                                            .thenAccept(
                                                    reached ->
                                                            triggered.endsWith(
                                                                    work.apply(reached))));
                });
    }
}
