package dev.drey.server.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import jakarta.ws.rs.ServiceUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollsTest {

    private static final Duration GUARD = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final Polls polls = Polls.inProcess(PATIENCE, executor);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void close() {
        executor.shutdownNow();
    }

    @Test
    void theFirstAnswerThatIsAwaitedEndsIt() {
        assertThat(polls.until("number", this::next, number -> number > 3))
                .succeedsWithin(GUARD)
                .isEqualTo(4);
    }

    @Test
    void whoWaitForTheSameShareTheQuestions() {
        CompletableFuture<Integer> second = polls.until("number", this::next, at -> at == 2);
        CompletableFuture<Integer> third = polls.until("number", this::next, at -> at == 3);

        assertThat(second).succeedsWithin(GUARD);
        // With questions of their own they would miss each other's number.
        assertThat(third).succeedsWithin(GUARD);
    }

    @Test
    void aQuestionThatFailsEndsIt() {
        CompletableFuture<Integer> failed =
                polls.until(
                        "number",
                        () -> CompletableFuture.failedFuture(new IllegalStateException("no")),
                        number -> true);

        assertThat(failed).failsWithin(GUARD).withThrowableThat().withMessageContaining("no");
    }

    @Test
    void aQuestionThatCannotBeAskedEndsIt() {
        CompletableFuture<Integer> failed =
                polls.until(
                        "number",
                        () -> {
                            throw new IllegalStateException("no");
                        },
                        number -> true);

        assertThat(failed).failsWithin(GUARD).withThrowableThat().withMessageContaining("no");
    }

    @Test
    void aQuestionWithoutAnAnswerIsAskedAgain() {
        Polls impatient = Polls.inProcess(Duration.ofMillis(1), executor);

        assertThat(
                        impatient.until(
                                "number", () -> asked.get() < 3 ? lost() : next(), number -> true))
                .succeedsWithin(GUARD)
                .isEqualTo(4);
    }

    @Test
    void aClusterThatIsAwayForAMomentIsWaitedFor() {
        assertThat(
                        polls.until(
                                "number",
                                () ->
                                        asked.get() < 3
                                                ? next().thenCompose(
                                                                number ->
                                                                        CompletableFuture
                                                                                .failedFuture(
                                                                                        new ServiceUnavailableException()))
                                                : next(),
                                number -> true))
                .succeedsWithin(GUARD)
                .isEqualTo(4);
    }

    @Test
    void whoWaitsNoMoreIsNotAskedFor() {
        CompletableFuture<Integer> given = polls.until("number", this::next, number -> false);
        TestServer.await("it is asked", () -> asked.get() > 0);
        given.cancel(false);

        assertThat(polls.until("some time", ticks(8), left -> left == 0)).succeedsWithin(GUARD);
        int before = asked.get();
        assertThat(polls.until("more time", ticks(8), left -> left == 0)).succeedsWithin(GUARD);
        assertThat(asked).hasValue(before);
    }

    @Test
    void whoComesAfterTheEndBeginsAnew() {
        assertThat(polls.until("number", this::next, number -> true)).succeedsWithin(GUARD);

        assertThat(polls.until("number", this::next, number -> number > 4)).succeedsWithin(GUARD);
    }

    @Test
    void theLongerItTakesTheLessOftenItIsAsked() {
        PollDelay byRpc = new PollDelay(Duration.ofMillis(20), Duration.ofSeconds(1));

        assertThat(byRpc.of(Duration.ZERO)).hasMillis(20);
        assertThat(byRpc.of(Duration.ofSeconds(4))).hasMillis(200);
        assertThat(byRpc.of(Duration.ofHours(1))).hasSeconds(1);
    }

    private static Supplier<CompletableFuture<Integer>> ticks(int from) {
        AtomicInteger left = new AtomicInteger(from);
        return () -> CompletableFuture.completedFuture(left.decrementAndGet());
    }

    private CompletableFuture<Integer> lost() {
        asked.incrementAndGet();
        return new CompletableFuture<>();
    }

    private CompletableFuture<Integer> next() {
        return CompletableFuture.completedFuture(asked.incrementAndGet());
    }
}
