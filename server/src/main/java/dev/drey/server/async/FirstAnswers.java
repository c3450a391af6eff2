package dev.drey.server.async;

import static java.util.Objects.requireNonNull;

import dev.drey.server.error.Failures;
import dev.drey.server.error.ThrowableMapper;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * What is asked for again gets the answer that it got first, and is not done again. What could not
 * begin, because no leader was there or the server was busy, was never asked for.
 */
final class FirstAnswers {

    private static final int UNPROCESSABLE_CONTENT = 422;

    private final Journal journal;
    private final ConcurrentMap<String, Running> running = new ConcurrentHashMap<>();

    FirstAnswers(Journal journal) {
        this.journal = requireNonNull(journal, "journal is null");
    }

    private record Running(Intent intent, CompletableFuture<Answer> answer) {}

    /**
     * The answer that {@code work} gives, or gave when the same was asked for before.
     *
     * @return fails with 422 if something else was asked for under the same id
     */
    CompletionStage<Answer> once(Intent intent, Supplier<? extends CompletionStage<Answer>> work) {
        Optional<Answer> given = journal.find(intent.id()).flatMap(entry -> given(entry, intent));
        if (given.isPresent()) {
            return CompletableFuture.completedFuture(given.get());
        }
        Running mine = new Running(intent, new CompletableFuture<>());
        Running first = running.putIfAbsent(intent.id(), mine);
        if (first != null) {
            requireSame(first.intent(), intent);
            return first.answer();
        }
        try {
            Optional<Journal.Entry> earlier = journal.begin(intent);
            if (earlier.isPresent()) {
                end(mine, given(earlier.get(), intent).orElseThrow());
                return mine.answer();
            }
        } catch (RuntimeException refused) {
            running.remove(intent.id(), mine);
            mine.answer().completeExceptionally(refused);
            throw refused;
        }
        begun(work).whenComplete((answer, failure) -> end(mine, answer, failure));
        return mine.answer();
    }

    /** What was answered to the same request; empty as long as it is not answered. */
    private static Optional<Answer> given(Journal.Entry entry, Intent again) {
        requireSame(entry.intent(), again);
        return entry.answer();
    }

    private static CompletionStage<Answer> begun(Supplier<? extends CompletionStage<Answer>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Written first: who finds it no longer running has to find it in the journal. */
    private void end(Running ended, Answer answer, Throwable failure) {
        String id = ended.intent().id();
        if (failure == null) {
            journal.answered(id, answer);
            end(ended, answer);
            return;
        }
        Answer refusal = refusal(failure);
        if (refusal.status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
            journal.forget(id);
        } else {
            journal.answered(id, refusal);
        }
        running.remove(id, ended);
        ended.answer().completeExceptionally(failure);
    }

    private void end(Running ended, Answer answer) {
        running.remove(ended.intent().id(), ended);
        ended.answer().complete(answer);
    }

    private static Answer refusal(Throwable failure) {
        ThrowableMapper.Told told = ThrowableMapper.told(Failures.strip(failure));
        return new Answer(told.status(), told.body(), Map.of());
    }

    private static void requireSame(Intent first, Intent again) {
        if (!again.asksTheSameAs(first)) {
            throw new ClientErrorException(
                    "%s was sent before with another request (%s at %s): choose another"
                            .formatted(
                                    again.key()
                                            .map(
                                                    key ->
                                                            IdempotencyKey.HEADER
                                                                    + " '"
                                                                    + key.value()
                                                                    + "'")
                                            .orElse("Trigger id " + again.triggerId()),
                                    first.kind(),
                                    first.at()),
                    UNPROCESSABLE_CONTENT);
        }
    }
}
