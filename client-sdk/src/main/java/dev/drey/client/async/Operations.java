package dev.drey.client.async;

import static java.util.Objects.requireNonNull;

import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.UnreadableAnswerException;
import dev.drey.client.error.UnsupportedByServerException;
import dev.drey.client.transport.Answer;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationInfo;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.async.QueueStatus;
import dev.drey.model.async.TriggerResponse;
import dev.drey.model.error.SerializedThrowable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Writes that must not take place twice, and operations that are followed to their end. Used by the
 * feature clients.
 */
public final class Operations {
    static final String KEY = "Idempotency-Key";

    /** By this header of its answers, a process of Drey tells who it is. */
    public static final String INSTANCE = "Drey-Instance";

    private static final String PREFER = "Prefer";
    private static final String APPLIED = "Preference-Applied";
    private static final String WAIT = "wait=";

    /** What an answer that is held back may take longer than it is held. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(15);

    private final Transport transport;
    private final OperationPoller poller;
    private final Instances instances;

    /** Made by the client. */
    public Operations(Transport transport, OperationPoller poller) {
        this.transport = requireNonNull(transport, "transport is null");
        this.poller = requireNonNull(poller, "poller is null");
        this.instances = new Instances(transport);
    }

    /**
     * How a kind of operation is asked for its progress.
     *
     * @param request of the status of an operation
     * @param outcome what the operation results in
     * @param failure why it failed, by its outcome; {@code null} if it did not
     * @param traces where else its outcome may be found
     */
    public record Status<V>(
            Function<OperationToken, Request> request,
            Class<V> outcome,
            Function<V, SerializedThrowable> failure,
            Optional<CheckpointTraces<V>> traces) {

        /** Of an operation that leaves no traces. */
        public static Status<AsynchronousOperationInfo> of(
                Function<OperationToken, Request> request) {
            return new Status<>(
                    request,
                    AsynchronousOperationInfo.class,
                    AsynchronousOperationInfo::failureCause,
                    Optional.empty());
        }
    }

    /** Triggers an operation whose id is in the body of {@code trigger}. */
    public <V> OperationFuture<V> byId(OperationToken token, Request trigger, Status<V> status) {
        return poller.trigger(
                new IdentifiedOperation<>(
                        transport,
                        instances,
                        token,
                        poller.clocks().wall().instant(),
                        trigger,
                        known -> new StatusQuestion<>(known, status)));
    }

    /** Triggers an operation whose id the cluster chooses. */
    public <V> OperationFuture<V> byKey(OperationToken token, Request trigger, Status<V> status) {
        return byKey(
                token,
                trigger,
                TriggerResponse.class,
                TriggerResponse::triggerId,
                known -> new StatusQuestion<>(known, status));
    }

    /**
     * Triggers an operation that the cluster knows by something in its answer.
     *
     * @param id what it knows it by
     * @param progress how it is asked for its progress
     */
    public <A, V> OperationFuture<V> byKey(
            OperationToken token,
            Request trigger,
            Class<A> answer,
            Function<A, TriggerId> id,
            Function<OperationToken, Question<V>> progress) {
        KeyedWrite<A> write =
                new KeyedWrite<>(
                        transport,
                        instances,
                        trigger,
                        answer,
                        token.id().value(),
                        token.description(),
                        poller.clocks().wall());
        return poller.trigger(new KeyedOperation<>(token, write, id, progress));
    }

    /** Follows an operation that was triggered before. */
    public <V> OperationFuture<V> resume(OperationToken token, Status<V> status) {
        return resume(token, known -> new StatusQuestion<>(known, status));
    }

    /** Follows an operation that was triggered before. */
    public <V> OperationFuture<V> resume(
            OperationToken token, Function<OperationToken, Question<V>> progress) {
        return poller.resume(token, progress);
    }

    /** Asks until the answer is that it has ended; see {@link PollSettings}. */
    public <V> CompletableFuture<V> await(Question<V> question, String what, Duration deadline) {
        return poller.await(question, what, deadline);
    }

    /** How long operations are waited for unless something else is said. */
    public Duration deadline() {
        return poller.settings().deadline();
    }

    /**
     * Sends a write under a key. If its answer is lost, it is sent once more where that cannot do
     * it twice; otherwise the future fails with an {@link OutcomeUnknownException}.
     *
     * @param what it does, in words
     */
    public <T> CompletableFuture<T> once(Request write, Class<T> answer, String what) {
        return new KeyedWrite<>(
                        transport,
                        instances,
                        write,
                        answer,
                        TriggerId.random().value(),
                        what,
                        poller.clocks().wall())
                .send();
    }

    /** The request, which may be held back by the server. */
    public static Request held(Request request, Optional<Duration> wait) {
        return wait.map(
                        most ->
                                request.withHeader(PREFER, WAIT + most.toSeconds())
                                        .withTimeout(most.plus(ON_THE_WAY)))
                .orElse(request);
    }

    /** Whether the server held the answer back for as long as it was asked to. */
    public static boolean wasHeld(Answer<?> answer) {
        return answer.header(APPLIED).filter(applied -> applied.contains(WAIT)).isPresent();
    }

    static boolean isUnknown(Throwable failure) {
        return failure instanceof FlinkRestException answered
                && !(failure instanceof UnreadableAnswerException)
                && !(failure instanceof UnsupportedByServerException)
                && answered.status() == 404;
    }

    /** Asks for the status of an operation, as nearly all kinds of them are asked. */
    private final class StatusQuestion<V> implements Question<V> {
        private final OperationToken token;
        private final Status<V> status;

        StatusQuestion(OperationToken token, Status<V> status) {
            this.token = token;
            this.status = status;
        }

        @Override
        public CompletableFuture<Progress<V>> ask(Optional<Duration> wait) {
            return Chain.map(
                    transport.askForStatus(
                            held(status.request().apply(token), wait), status.outcome()),
                    this::read);
        }

        private Progress<V> read(Answer<AsynchronousOperationResult<V>> answer) {
            AsynchronousOperationResult<V> told = answer.body();
            if (told.queueStatus() == null || told.queueStatus().id() == null) {
                throw unreadable(answer, "the status of the operation is missing");
            }
            if (told.operation() != null) {
                SerializedThrowable cause = status.failure().apply(told.operation());
                return cause == null ? Progress.ended(told.operation()) : Progress.failed(cause);
            }
            if (told.queueStatus().id() == QueueStatus.Id.COMPLETED) {
                throw unreadable(answer, "the outcome of the operation is missing");
            }
            return Progress.goesOn(wasHeld(answer));
        }

        private UnreadableAnswerException unreadable(Answer<?> answer, String reason) {
            return new UnreadableAnswerException("GET", answer.endpoint(), 200, reason, null);
        }

        @Override
        public CompletableFuture<V> inPlaceOf(Throwable failure) {
            if (!isUnknown(failure)) {
                return CompletableFuture.failedFuture(failure);
            }
            UnknownOperationException unknown = new UnknownOperationException(token.id(), failure);
            return status.traces()
                    .map(
                            traces ->
                                    traces.find(
                                            transport,
                                            token,
                                            poller.clocks().wall().instant(),
                                            unknown))
                    .orElseGet(() -> CompletableFuture.failedFuture(unknown));
        }
    }
}
