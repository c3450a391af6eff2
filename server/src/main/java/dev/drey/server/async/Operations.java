package dev.drey.server.async;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.async.QueueStatus;
import dev.drey.model.async.TriggerResponse;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Source;
import dev.drey.server.View;
import dev.drey.server.error.Failures;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ServerErrorException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.util.FlinkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one mechanism of everything that is asked of the cluster and must not be done twice: keyed
 * writes, and the operations that are triggered through this endpoint.
 */
public final class Operations {

    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

    private static final String POLL_AFTER_SECONDS = "1";

    /** Begins the names of keyed writes in the journal; those of operations are paths. */
    private static final String KEYED = "key ";

    private final ClusterGateways gateways;
    private final Duration triggerTimeout;
    private final Duration stored;
    private final Journal journal;
    private final FirstAnswers answers;

    /** The operations that have not ended. */
    private final ConcurrentMap<String, Operation<?>> running = new ConcurrentHashMap<>();

    /** Completes when a user was told how the operation ended, or it is forgotten. */
    private final ConcurrentMap<String, CompletableFuture<Void>> unread = new ConcurrentHashMap<>();

    public Operations(ClusterGateways gateways, ReadableConfig configuration) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.triggerTimeout = configuration.get(WebOptions.TIMEOUT);
        this.stored = configuration.get(RestOptions.ASYNC_OPERATION_STORE_DURATION);
        this.journal = new MemoryJournal(configuration, Ticker.systemTicker());
        this.answers = new FirstAnswers(journal);
    }

    /**
     * Does a write that was sent under {@code key}; a repeated one is answered as the first was.
     *
     * @param kind of write, such as {@code POST /jars/{jarid}/run}
     * @param content what was sent, each part of which can be written as JSON
     * @param work what it does; its answer
     */
    public CompletionStage<Response> once(
            IdempotencyKey key,
            String kind,
            Optional<JobId> job,
            List<?> content,
            Supplier<? extends CompletionStage<?>> work) {
        TriggerId id = key.id(kind, job);
        Intent intent =
                new Intent(
                        KEYED + id,
                        id,
                        kind,
                        Optional.empty(),
                        job,
                        Optional.empty(),
                        Optional.of(key),
                        ContentDigest.of(content),
                        Instant.now());
        return answers.once(intent, () -> work.get().thenApply(Answer::of))
                .thenApply(Answer::response);
    }

    /** Starts an operation, unless it was started before under the same id or key. */
    public CompletionStage<Response> trigger(Trigger trigger, Optional<IdempotencyKey> key) {
        if (key.isPresent() && trigger.chosen().isPresent()) {
            return once(
                    key.get(),
                    trigger.kind().name(),
                    trigger.job(),
                    List.of(trigger.content()),
                    () -> trigger(trigger, Optional.empty()));
        }
        TriggerId id =
                trigger.chosen()
                        .or(() -> key.map(given -> given.id(trigger.kind().name(), trigger.job())))
                        .orElseGet(TriggerId::random);
        Trigger.Attempt attempt = trigger.attempt().apply(id);
        Intent intent =
                new Intent(
                        attempt.operation().statusPath(),
                        id,
                        trigger.kind().name(),
                        Optional.of(trigger.kind()),
                        trigger.job(),
                        trigger.target(),
                        key,
                        ContentDigest.of(List.of(trigger.content())),
                        Instant.now());
        return answers.once(intent, () -> start(trigger, attempt)).thenApply(Answer::response);
    }

    private CompletionStage<Answer> start(Trigger trigger, Trigger.Attempt attempt) {
        Operation<?> operation = attempt.operation();
        return attempt.start()
                .get()
                .toCompletableFuture()
                .orTimeout(triggerTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle(
                        (acknowledged, failure) -> {
                            if (failure != null) {
                                throw explained(operation, failure);
                            }
                            follow(operation);
                            return new Answer(
                                    trigger.acknowledged().getStatusCode(),
                                    new TriggerResponse(operation.id()),
                                    Map.of(
                                            HttpHeaders.LOCATION,
                                            operation.statusPath(),
                                            HttpHeaders.RETRY_AFTER,
                                            POLL_AFTER_SECONDS));
                        });
    }

    private CompletionException explained(Operation<?> operation, Throwable failure) {
        Throwable cause = Failures.strip(failure);
        return new CompletionException(
                cause instanceof TimeoutException
                        ? new ServerErrorException(
                                "The cluster did not say in time whether it has taken on %s: %s tells, if it has"
                                        .formatted(operation.description(), operation.statusPath()),
                                Response.Status.GATEWAY_TIMEOUT,
                                cause)
                        : cause);
    }

    /** How far an operation is that was triggered here, or elsewhere in this cluster. */
    public <V> View status(Operation<V> operation) {
        return View.of(
                new StatusOf<>(this, operation), () -> endOf(operation), Function.identity());
    }

    private record StatusOf<V>(Operations operations, Operation<V> operation)
            implements Source.Single<AsynchronousOperationResult<?>> {

        @Override
        public CompletableFuture<AsynchronousOperationResult<?>> fetch(
                ClusterGateways gateways, Duration timeout) {
            return operations.statusOf(operation);
        }

        @Override
        public String description() {
            return operation.description();
        }
    }

    /** What {@link #status} shows. A user is told it. */
    CompletableFuture<AsynchronousOperationResult<?>> statusOf(Operation<?> asked) {
        return outcome(asked)
                .<CompletableFuture<AsynchronousOperationResult<?>>>map(
                        CompletableFuture::completedFuture)
                .orElseGet(() -> ask(asked))
                .thenApply(
                        status -> {
                            if (isOver(status)) {
                                read(asked);
                            }
                            return status;
                        });
    }

    private Optional<AsynchronousOperationResult<?>> outcome(Operation<?> asked) {
        return journal.find(asked.statusPath()).flatMap(Journal.Entry::outcome);
    }

    private CompletableFuture<AsynchronousOperationResult<?>> ask(Operation<?> asked) {
        Operation<?> ours = running.get(asked.statusPath());
        if (ours == null) {
            // It may have ended just now.
            Optional<AsynchronousOperationResult<?>> outcome = outcome(asked);
            if (outcome.isPresent()) {
                return CompletableFuture.completedFuture(outcome.get());
            }
        }
        Operation<?> known = ours == null ? asked : ours;
        return known.ask(gateways)
                .<AsynchronousOperationResult<?>>thenApply(status -> status)
                .exceptionallyCompose(
                        failure ->
                                ours != null && Failures.strip(failure) instanceof NotFoundException
                                        ? lost(ours)
                                        : CompletableFuture.failedFuture(failure))
                .thenApply(
                        status -> {
                            if (isOver(status)) {
                                end(known, status);
                            }
                            // Whoever else has asked is told the same.
                            return outcome(known).orElse(status);
                        });
    }

    /** What was triggered through this endpoint and is not forgotten yet, the latest first. */
    List<Journal.Entry> all() {
        return journal.entries().stream()
                .filter(Operations::isTaken)
                .sorted(
                        Comparator.comparing((Journal.Entry entry) -> entry.intent().at())
                                .reversed())
                .toList();
    }

    /** What was triggered under {@code id}, as soon as it is over. */
    CompletableFuture<List<Journal.Entry>> untilOver(TriggerId id) {
        List<String> paths =
                all().stream()
                        .map(Journal.Entry::intent)
                        .filter(intent -> intent.triggerId().equals(id))
                        .map(Intent::id)
                        .toList();
        return gateways.polls()
                .until(
                        id,
                        () ->
                                CompletableFuture.completedFuture(
                                        paths.stream()
                                                .flatMap(path -> journal.find(path).stream())
                                                .toList()),
                        entries -> entries.stream().allMatch(Journal.Entry::isOver));
    }

    private static boolean isTaken(Journal.Entry entry) {
        return entry.intent().operation().isPresent()
                && entry.answer().filter(Answer::isRefusal).isEmpty();
    }

    /**
     * Completes when all operations have ended and somebody was told how, or after {@code
     * rest.async.store-duration}.
     */
    public CompletableFuture<Void> allRead() {
        return CompletableFuture.allOf(unread.values().toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, stored.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void read(Operation<?> operation) {
        CompletableFuture<Void> told = unread.remove(operation.statusPath());
        if (told != null) {
            told.complete(null);
        }
    }

    /** Completes when an operation has ended. A user is told it. */
    private CompletableFuture<AsynchronousOperationResult<?>> endOf(Operation<?> asked) {
        CompletableFuture<AsynchronousOperationResult<?>> end =
                gateways.polls()
                        .until(asked.statusPath(), () -> progress(asked), Operations::isOver);
        var unused = end.thenRun(() -> read(asked));
        return end;
    }

    private void follow(Operation<?> operation) {
        unread.put(operation.statusPath(), new CompletableFuture<>());
        running.put(operation.statusPath(), operation);
        askOn(operation);
    }

    private void askOn(Operation<?> operation) {
        var unused =
                gateways.polls()
                        .until(
                                operation.statusPath(),
                                () -> progress(operation),
                                Operations::isOver)
                        .exceptionally(
                                failure -> {
                                    LOG.debug(
                                            "No answer when asked for {}",
                                            operation.description(),
                                            failure);
                                    askOn(operation);
                                    return null;
                                });
    }

    /** The outcome, if it is known, or else what the cluster says. */
    private CompletableFuture<AsynchronousOperationResult<?>> progress(Operation<?> asked) {
        return outcome(asked)
                .<CompletableFuture<AsynchronousOperationResult<?>>>map(
                        CompletableFuture::completedFuture)
                .orElseGet(
                        () -> {
                            boolean ours = running.containsKey(asked.statusPath());
                            CompletableFuture<AsynchronousOperationResult<?>> status = ask(asked);
                            return ours
                                    ? status.exceptionally(failure -> presumed(asked, failure))
                                    : status;
                        });
    }

    /** It goes on, as far as anybody knows. */
    private static AsynchronousOperationResult<?> presumed(
            Operation<?> operation, Throwable failure) {
        LOG.debug("No answer when asked for {}", operation.description(), failure);
        return AsynchronousOperationResult.inProgress();
    }

    /** The leader that took it on no longer leads, and nobody else knows it. */
    private static <V> CompletableFuture<AsynchronousOperationResult<?>> lost(
            Operation<V> operation) {
        return operation
                .lost(
                        new FlinkException(
                                "The outcome of %s is unknown: it was taken on by a leader that leads no more"
                                        .formatted(operation.description())))
                .thenApply(AsynchronousOperationResult::completed);
    }

    private void end(Operation<?> operation, AsynchronousOperationResult<?> outcome) {
        journal.ended(operation.statusPath(), outcome);
        running.remove(operation.statusPath(), operation);
        CompletableFuture<Void> told = unread.get(operation.statusPath());
        if (told != null) {
            var unused =
                    told.completeOnTimeout(null, stored.toMillis(), TimeUnit.MILLISECONDS)
                            .thenRun(() -> unread.remove(operation.statusPath(), told));
        }
    }

    private static boolean isOver(AsynchronousOperationResult<?> status) {
        return status.queueStatus().id() == QueueStatus.Id.COMPLETED;
    }
}
