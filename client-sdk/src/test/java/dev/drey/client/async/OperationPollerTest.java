package dev.drey.client.async;

import static dev.drey.client.Futures.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.drey.client.error.ClientClosedException;
import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.RequestTimeoutException;
import dev.drey.client.error.UnreadableAnswerException;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.OperationKind;
import dev.drey.model.error.SerializedThrowable;
import dev.drey.model.savepoints.SavepointInfo;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The poller against a clock that is moved by hand. */
class OperationPollerTest {
    private static final TriggerId ID = TriggerId.fromString("00000000000000000000000000000abc");
    private static final JobId JOB = JobId.fromString("0123456789abcdef0123456789abcdef");
    private static final OperationToken TOKEN =
            OperationToken.ofJob(OperationKind.SAVEPOINT, ID, JOB, null);
    private static final Instant NOW = Instant.ofEpochMilli(1_795_468_812_120L);
    private static final URI PLACE = URI.create("http://localhost:8081/v1/x");
    private static final Duration LONG = Duration.ofMinutes(20);
    private static final SavepointInfo DONE = SavepointInfo.completed("file:/savepoint");

    private final ManualTimer timer = new ManualTimer();
    private final List<TriggerId> asked = new ArrayList<>();
    private final List<Duration> askedAt = new ArrayList<>();
    private final Deque<Supplier<CompletableFuture<Progress<SavepointInfo>>>> answers =
            new ArrayDeque<>();
    private final CompletableFuture<TriggerId> trigger = new CompletableFuture<>();
    private final List<Optional<Duration>> waits = new ArrayList<>();
    private final Deque<Supplier<CompletableFuture<TriggerId>>> recoveries = new ArrayDeque<>();
    private final List<Duration> recoveredAfter = new ArrayList<>();
    private Throwable lastLost;
    private boolean idChosen = true;
    private double chance = 1;

    @Test
    void delaysDoubleUpToTheLongest() {
        inProgress(8);
        answer(Progress.ended(DONE));
        OperationFuture<SavepointInfo> operation = acknowledged(poller());
        timer.advance(LONG);
        assertThat(operation.result()).isCompletedWithValue(DONE);
        assertThat(delays()).isEqualTo(millis(100, 200, 400, 800, 1600, 2000, 2000, 2000, 2000));
        assertThat(timer.waiting()).isEmpty();
    }

    @Test
    void delayCountsFromTheAnswer() {
        CompletableFuture<Progress<SavepointInfo>> slow = new CompletableFuture<>();
        answers.add(() -> slow);
        answer(Progress.ended(DONE));
        OperationFuture<SavepointInfo> operation = acknowledged(poller());
        timer.advance(Duration.ofSeconds(10));
        slow.complete(Progress.goesOn(false));
        timer.advance(LONG);
        assertThat(operation.result()).isCompletedWithValue(DONE);
        assertThat(askedAt).isEqualTo(millis(100, 10_200));
    }

    @Test
    void nothingIsAskedBeforeTheTriggerIsAcknowledged() {
        OperationFuture<SavepointInfo> operation = trigger(poller());
        assertThat(operation.triggerId()).isEqualTo(ID);
        timer.advance(LONG);
        assertThat(operation.acknowledged()).isNotDone();
        assertThat(operation.result()).isNotDone();
        assertThat(asked).isEmpty();
        answer(Progress.ended(DONE));
        trigger.complete(ID);
        assertThat(operation.acknowledged()).isCompletedWithValue(ID);
        timer.advance(LONG);
        assertThat(operation.result()).isCompletedWithValue(DONE);
    }

    @Test
    void refusedTriggerEndsBoth() {
        FlinkRestException refusal = answered(404);
        OperationFuture<SavepointInfo> operation = trigger(poller());
        trigger.completeExceptionally(new CompletionException(refusal));
        assertFailure(operation.acknowledged()).isSameAs(refusal);
        assertFailure(operation.result()).isSameAs(refusal);
        assertThat(delays()).isEmpty();
    }

    @Test
    void triggerThatThrowsEndsBoth() {
        IllegalStateException failure = new IllegalStateException();
        OperationFuture<SavepointInfo> operation =
                poller().trigger(
                                new Fake() {
                                    @Override
                                    public CompletableFuture<TriggerId> trigger() {
                                        throw failure;
                                    }
                                });
        assertFailure(operation.acknowledged()).isSameAs(failure);
        assertFailure(operation.result()).isSameAs(failure);
    }

    @Test
    void idThatAnOldClusterChoseIsFollowed() {
        TriggerId other = TriggerId.random();
        answer(Progress.ended(DONE));
        OperationFuture<SavepointInfo> operation = trigger(poller());
        trigger.complete(other);
        timer.advance(LONG);
        assertThat(operation.acknowledged()).isCompletedWithValue(other);
        assertThat(asked).containsExactly(other);
    }

    @Test
    void resumedOperationIsAskedForAtOnce() {
        inProgress(1);
        answer(Progress.ended(DONE));
        OperationFuture<SavepointInfo> operation = resume(poller());
        assertThat(operation.acknowledged()).isCompletedWithValue(ID);
        assertThat(asked).containsExactly(ID);
        timer.advance(LONG);
        assertThat(operation.result()).isCompletedWithValue(DONE);
        assertThat(delays()).isEqualTo(millis(100));
    }

    @Test
    void failedOperationTellsTheCause() {
        answer(
                Progress.failed(
                        new SerializedThrowable("a.B", "a.B: no disk\n\tat a.C.d(C.java:1)", "!")));
        assertFailure(resume(poller()).result())
                .isInstanceOfSatisfying(
                        OperationFailedException.class,
                        failure -> {
                            assertThat(failure).hasMessage("Operation %s failed: a.B: no disk", ID);
                            assertThat(failure.triggerId()).isEqualTo(ID);
                            assertThat(failure.className()).isEqualTo("a.B");
                            assertThat(failure.stackTraceText())
                                    .isEqualTo("a.B: no disk\n\tat a.C.d(C.java:1)");
                        });
    }

    @Test
    void failureWithoutAStackTraceIsToldByItsClass() {
        answer(Progress.failed(new SerializedThrowable("a.B", null, null)));
        assertFailure(resume(poller()).result()).hasMessageEndingWith("failed: a.B");
    }

    @Test
    void transientFailuresAreSurvived() {
        fail(new FlinkConnectionException("GET", PLACE, new IOException("reset")));
        fail(new CompletionException(new RequestTimeoutException("GET", PLACE, LONG)));
        fail(answered(429));
        fail(answered(502));
        fail(answered(503));
        fail(answered(504));
        fail(new UnreadableAnswerException("GET", PLACE, 503, "a proxy", null));
        answers.add(
                () -> {
                    throw answered(503);
                });
        answer(Progress.ended(DONE));
        OperationFuture<SavepointInfo> operation = resume(poller());
        timer.advance(LONG);
        assertThat(operation.result()).isCompletedWithValue(DONE);
        assertThat(asked).hasSize(9);
    }

    @Test
    void clusterThatStaysSilentEndsIt() {
        inProgress(1);
        for (int i = 0; i < 10; i++) {
            fail(answered(503));
        }
        OperationFuture<SavepointInfo> operation =
                resume(poller(PollSettings.DEFAULT.withLongestSilence(Duration.ofSeconds(3))));
        timer.advance(LONG);
        assertFailure(operation.result())
                .isInstanceOf(OperationTimeoutException.class)
                .hasCauseInstanceOf(FlinkRestException.class);
        // Answered at 0 s, silent from 0.1 s on.
        assertThat(askedAt).isEqualTo(millis(0, 100, 300, 700, 1500));
        assertThat(timer.waiting()).isEmpty();
    }

    @Test
    void everyAnswerEndsTheSilence() {
        for (int i = 0; i < 10; i++) {
            fail(answered(503));
            inProgress(1);
        }
        answer(Progress.ended(DONE));
        OperationFuture<SavepointInfo> operation =
                resume(poller(PollSettings.DEFAULT.withLongestSilence(Duration.ofSeconds(3))));
        timer.advance(LONG);
        assertThat(operation.result()).isCompletedWithValue(DONE);
        assertThat(timer.waiting()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500})
    void otherFailuresEndIt(int status) {
        inProgress(2);
        FlinkRestException failure = answered(status);
        fail(new CompletionException(failure));
        OperationFuture<SavepointInfo> operation = resume(poller());
        timer.advance(LONG);
        assertFailure(operation.result()).isSameAs(failure);
        assertThat(timer.waiting()).isEmpty();
    }

    @Test
    void statusThatThrowsOnALaterPollEndsIt() {
        inProgress(2);
        IllegalArgumentException failure = new IllegalArgumentException();
        answers.add(
                () -> {
                    throw failure;
                });
        OperationFuture<SavepointInfo> operation = resume(poller());
        timer.advance(LONG);
        assertFailure(operation.result()).isSameAs(failure);
    }

    @Test
    void statusThatGivesNullEndsIt() {
        answers.add(() -> null);
        assertFailure(resume(poller()).result()).isInstanceOf(NullPointerException.class);
    }

    @Test
    void deadlineEndsItWithTheLastFailure() {
        inProgress(1);
        FlinkRestException last = answered(503);
        for (int i = 0; i < 5; i++) {
            fail(last);
        }
        OperationFuture<SavepointInfo> operation =
                resume(poller(PollSettings.DEFAULT.withDeadline(Duration.ofSeconds(1))));
        timer.advance(Duration.ofMillis(999));
        assertThat(operation.result()).isNotDone();
        timer.advance(Duration.ofMillis(1));
        assertFailure(operation.result())
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessage("Operation %s, savepoint of job %s, had not ended after PT1S", ID, JOB)
                .hasCause(last);
        assertThat(timer.waiting()).isEmpty();
        assertThat(askedAt).isEqualTo(millis(0, 100, 300, 700));
    }

    @Test
    void deadlineEndsAPendingStatusRequest() {
        CompletableFuture<Progress<SavepointInfo>> pending = new CompletableFuture<>();
        answers.add(() -> pending);
        OperationFuture<SavepointInfo> operation =
                resume(poller(PollSettings.DEFAULT.withDeadline(Duration.ofSeconds(1))));
        timer.advance(Duration.ofSeconds(1));
        assertFailure(operation.result())
                .isInstanceOf(OperationTimeoutException.class)
                .hasNoCause();
        assertThat(pending).isCancelled();
    }

    @Test
    void deadlineIsForgottenAtTheEnd() {
        answer(Progress.ended(DONE));
        resume(poller(PollSettings.DEFAULT.withDeadline(Duration.ofSeconds(1))));
        assertThat(timer.waiting()).isEmpty();
    }

    @Test
    void stopWaitingEndsThePolling() {
        inProgress(3);
        OperationFuture<SavepointInfo> operation = resume(poller());
        operation.stopWaiting();
        timer.advance(LONG);
        assertThat(operation.result()).isCancelled();
        assertThat(asked).hasSize(1);
        assertThat(timer.waiting()).isEmpty();
    }

    @Test
    void cancellingTheResultEndsAPendingStatusRequest() {
        CompletableFuture<Progress<SavepointInfo>> pending = new CompletableFuture<>();
        answers.add(() -> pending);
        OperationFuture<SavepointInfo> operation = resume(poller());
        operation.result().cancel(true);
        assertThat(pending).isCancelled();
        timer.advance(LONG);
        assertThat(asked).hasSize(1);
    }

    @Test
    void stopWaitingLetsTheTriggerGoOn() {
        OperationFuture<SavepointInfo> operation = trigger(poller());
        operation.stopWaiting();
        assertThat(trigger).isNotDone();
        trigger.complete(ID);
        assertThat(operation.acknowledged()).isCompletedWithValue(ID);
        assertThat(delays()).isEmpty();
    }

    @Test
    void cancellingTheAcknowledgementChangesNothing() {
        OperationFuture<SavepointInfo> operation = trigger(poller());
        operation.acknowledged().cancel(true);
        assertThat(operation.acknowledged()).isNotDone();
        assertThat(trigger).isNotDone();
    }

    @Test
    void closingEndsIt() {
        inProgress(1);
        OperationPoller poller = poller();
        OperationFuture<SavepointInfo> operation = resume(poller);
        poller.close();
        assertFailure(operation.result()).isInstanceOf(ClientClosedException.class);
        assertFailure(resume(poller).result()).isInstanceOf(ClientClosedException.class);
        assertThat(timer.waiting()).isEmpty();
        assertThat(asked).hasSize(1);
    }

    @Test
    void timerThatIsShutDownEndsIt() {
        inProgress(1);
        timer.shutdown();
        assertFailure(resume(poller()).result()).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void workersThatAreShutDownEndIt() {
        inProgress(1);
        OperationPoller poller =
                poller(
                        PollSettings.DEFAULT,
                        task -> {
                            throw new RejectedExecutionException();
                        });
        OperationFuture<SavepointInfo> operation = resume(poller);
        timer.advance(LONG);
        assertFailure(operation.result()).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void delaysAreShortenedByChance() {
        chance = 0;
        inProgress(2);
        answer(Progress.ended(DONE));
        acknowledged(poller());
        timer.advance(LONG);
        assertThat(delays()).isEqualTo(millis(50, 100, 200));
    }

    @Test
    void serverThatSaysWhenIsNotAskedBefore() {
        fail(new FlinkRestException("GET", PLACE, PLACE, 429, List.of(), Duration.ofSeconds(7)));
        answer(Progress.ended(DONE));
        OperationFuture<SavepointInfo> operation = resume(poller());
        timer.advance(LONG);
        assertThat(operation.result()).isCompletedWithValue(DONE);
        assertThat(askedAt).isEqualTo(millis(0, 7000));
    }

    @Test
    void serverThatHeldTheAnswerIsAskedAgainAtOnce() {
        CompletableFuture<Progress<SavepointInfo>> held = new CompletableFuture<>();
        answers.add(() -> held);
        answer(Progress.ended(DONE));
        OperationFuture<SavepointInfo> operation = resume(poller());
        timer.advance(Duration.ofSeconds(30));
        held.complete(Progress.goesOn(true));
        assertThat(operation.result()).isCompletedWithValue(DONE);
        assertThat(waits).containsOnly(Optional.of(OperationPoller.WAIT));
        assertThat(askedAt).isEqualTo(millis(0, 30_000));
    }

    @Test
    void serverThatOnlySaysThatItHeldTheAnswerIsNotAskedAtOnce() {
        answer(Progress.goesOn(true));
        answer(Progress.ended(DONE));
        OperationFuture<SavepointInfo> operation = resume(poller());
        assertThat(operation.result()).isNotDone();
        timer.advance(LONG);
        assertThat(askedAt).isEqualTo(millis(0, 100));
    }

    @Test
    void noMoreAreHeldThanMayBe() {
        OperationPoller poller = poller();
        CompletableFuture<Progress<SavepointInfo>> first = new CompletableFuture<>();
        answers.add(() -> first);
        resume(poller);
        for (int i = 1; i < OperationPoller.HELD; i++) {
            answers.add(CompletableFuture::new);
            resume(poller);
        }
        assertThat(waits).hasSize(OperationPoller.HELD).doesNotContain(Optional.empty());

        inProgress(1);
        OperationFuture<SavepointInfo> further = resume(poller);
        assertThat(waits.get(OperationPoller.HELD)).isEmpty();

        first.complete(Progress.ended(DONE));
        answer(Progress.ended(DONE));
        timer.advance(Duration.ofMillis(100));
        assertThat(further.result()).isCompletedWithValue(DONE);
        assertThat(waits.get(OperationPoller.HELD + 1)).contains(OperationPoller.WAIT);
    }

    @Test
    void whoStopsWaitingFreesAPlace() {
        OperationPoller poller = poller();
        for (int i = 0; i < 2 * OperationPoller.HELD; i++) {
            answers.add(CompletableFuture::new);
            resume(poller).stopWaiting();
        }
        assertThat(waits).hasSize(2 * OperationPoller.HELD).doesNotContain(Optional.empty());
    }

    @Test
    void lostAnswerToTheTriggerIsLookedInto() {
        recoveries.add(() -> CompletableFuture.failedFuture(answered(503)));
        recoveries.add(() -> CompletableFuture.failedFuture(notSent()));
        recoveries.add(() -> CompletableFuture.completedFuture(ID));
        answer(Progress.ended(DONE));
        OperationFuture<SavepointInfo> operation = trigger(poller());
        timer.advance(Duration.ofSeconds(5));
        FlinkConnectionException lost = lost();
        trigger.completeExceptionally(lost);
        assertThat(operation.acknowledged()).isNotDone();
        timer.advance(LONG);
        assertThat(operation.acknowledged()).isCompletedWithValue(ID);
        assertThat(operation.result()).isCompletedWithValue(DONE);
        assertThat(recoveredAfter).isEqualTo(millis(5100, 5300, 5700));
        assertThat(lastLost).isSameAs(lost);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 500, 503})
    void triggerThatIsRefusedIsNotLookedInto(int status) {
        OperationFuture<SavepointInfo> operation = trigger(poller());
        trigger.completeExceptionally(answered(status));
        assertFailure(operation.result()).isInstanceOf(FlinkRestException.class);
        assertThat(recoveredAfter).isEmpty();
    }

    @Test
    void triggerThatWasNeverSentIsNotLookedInto() {
        FlinkConnectionException failure = notSent();
        OperationFuture<SavepointInfo> operation = trigger(poller());
        trigger.completeExceptionally(failure);
        assertFailure(operation.acknowledged()).isSameAs(failure);
        assertFailure(operation.result()).isSameAs(failure);
        assertThat(timer.waiting()).isEmpty();
    }

    @Test
    void clusterThatStaysSilentLeavesALostTriggerUnknown() {
        FlinkConnectionException lost = lost();
        for (int i = 0; i < 10; i++) {
            recoveries.add(() -> CompletableFuture.failedFuture(notSent()));
        }
        OperationFuture<SavepointInfo> operation =
                trigger(poller(PollSettings.DEFAULT.withLongestSilence(Duration.ofSeconds(3))));
        trigger.completeExceptionally(lost);
        timer.advance(LONG);
        assertFailure(operation.result())
                .isInstanceOfSatisfying(
                        OutcomeUnknownException.class,
                        unknown -> {
                            assertThat(unknown.id()).isEqualTo(ID.value());
                            assertThat(unknown.target()).isEqualTo("savepoint of job " + JOB);
                            assertThat(unknown.askedAt()).isEqualTo(NOW);
                            assertThat(unknown).hasCause(lost);
                        });
        assertFailure(operation.acknowledged()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(timer.waiting()).isEmpty();
    }

    @Test
    void deadlineOfALostTriggerSaysThatItsOutcomeIsUnknown() {
        recoveries.add(CompletableFuture::new);
        OperationFuture<SavepointInfo> operation =
                trigger(poller(PollSettings.DEFAULT.withDeadline(Duration.ofSeconds(3))));
        trigger.completeExceptionally(lost());
        timer.advance(LONG);
        assertFailure(operation.result())
                .isInstanceOf(OperationTimeoutException.class)
                .hasCauseInstanceOf(OutcomeUnknownException.class);
        assertFailure(operation.acknowledged()).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void recoveryThatIsRefusedEndsBoth() {
        FlinkRestException refusal = answered(400);
        recoveries.add(() -> CompletableFuture.failedFuture(refusal));
        OperationFuture<SavepointInfo> operation = trigger(poller());
        trigger.completeExceptionally(lost());
        timer.advance(LONG);
        assertFailure(operation.acknowledged()).isSameAs(refusal);
        assertFailure(operation.result()).isSameAs(refusal);
    }

    @Test
    void whoStopsWaitingForALostTriggerEndsBoth() {
        OperationFuture<SavepointInfo> operation = trigger(poller());
        trigger.completeExceptionally(lost());
        operation.stopWaiting();
        timer.advance(LONG);
        assertThat(recoveredAfter).isEmpty();
        assertFailure(operation.acknowledged()).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void tokenOfAChosenIdIsKnownAtOnce() {
        OperationFuture<SavepointInfo> operation = trigger(poller());
        assertThat(OperationToken.parse(operation.token())).isEqualTo(TOKEN.askedAt(NOW));
    }

    @Test
    void tokenOfAnIdThatTheClusterChoosesIsKnownWithIt() {
        idChosen = false;
        OperationFuture<SavepointInfo> operation = trigger(poller());
        assertThatIllegalStateException().isThrownBy(operation::token);
        TriggerId other = TriggerId.random();
        trigger.complete(other);
        assertThat(OperationToken.parse(operation.token()).id()).isEqualTo(other);
    }

    @Test
    void whatIsWaitedForWithoutATriggerHasADeadline() {
        fail(answered(503));
        inProgress(10);
        CompletableFuture<SavepointInfo> awaited =
                poller().await(wait -> status(ID, wait), "Waiting for it", Duration.ofSeconds(3));
        timer.advance(LONG);
        assertFailure(awaited)
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessage("Waiting for it had not ended after PT3S")
                .hasCauseInstanceOf(FlinkRestException.class);
        assertThat(timer.waiting()).isEmpty();
    }

    /** Without the deadline's. */
    private List<Duration> delays() {
        return timer.delays().stream()
                .filter(delay -> !delay.equals(PollSettings.DEFAULT.deadline()))
                .toList();
    }

    private static FlinkConnectionException lost() {
        return new FlinkConnectionException("POST", PLACE, new IOException("reset"));
    }

    private static FlinkConnectionException notSent() {
        return new FlinkConnectionException("POST", PLACE, false, new IOException("refused"));
    }

    private OperationPoller poller() {
        return poller(PollSettings.DEFAULT);
    }

    private OperationPoller poller(PollSettings settings) {
        return poller(settings, Runnable::run);
    }

    private OperationPoller poller(PollSettings settings, Executor callbacks) {
        return new OperationPoller(
                settings,
                timer,
                callbacks,
                new OperationPoller.Clocks(() -> timer.now().toNanos(), () -> NOW),
                () -> chance);
    }

    private OperationFuture<SavepointInfo> trigger(OperationPoller poller) {
        return poller.trigger(new Fake());
    }

    private OperationFuture<SavepointInfo> acknowledged(OperationPoller poller) {
        trigger.complete(ID);
        return trigger(poller);
    }

    private OperationFuture<SavepointInfo> resume(OperationPoller poller) {
        return poller.resume(TOKEN, token -> wait -> status(token.id(), wait));
    }

    private CompletableFuture<Progress<SavepointInfo>> status(
            TriggerId id, Optional<Duration> wait) {
        asked.add(id);
        askedAt.add(timer.now());
        waits.add(wait);
        return answers.remove().get();
    }

    private void inProgress(int times) {
        for (int i = 0; i < times; i++) {
            answer(Progress.goesOn(false));
        }
    }

    private void answer(Progress<SavepointInfo> answer) {
        answers.add(() -> CompletableFuture.completedFuture(answer));
    }

    private void fail(Throwable failure) {
        answers.add(() -> CompletableFuture.failedFuture(failure));
    }

    private static FlinkRestException answered(int status) {
        return new FlinkRestException("GET", PLACE, status, List.of("no"));
    }

    private static List<Duration> millis(long... values) {
        return LongStream.of(values).mapToObj(Duration::ofMillis).toList();
    }

    /** An operation whose trigger the test answers, and whose recoveries it has prepared. */
    private class Fake implements Operation<SavepointInfo> {
        @Override
        public OperationToken token() {
            return TOKEN;
        }

        @Override
        public boolean isIdChosen() {
            return idChosen;
        }

        @Override
        public CompletableFuture<TriggerId> trigger() {
            return trigger;
        }

        @Override
        public CompletableFuture<TriggerId> recover(Throwable lost, Supplier<Duration> sinceAsked) {
            lastLost = lost;
            recoveredAfter.add(sinceAsked.get());
            return recoveries.remove().get();
        }

        @Override
        public Question<SavepointInfo> progress(OperationToken token) {
            return wait -> status(token.id(), wait);
        }
    }
}
