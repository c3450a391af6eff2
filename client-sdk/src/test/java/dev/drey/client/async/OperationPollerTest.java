package dev.drey.client.async;

import static dev.drey.client.Futures.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.error.ClientClosedException;
import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.RequestTimeoutException;
import dev.drey.client.error.UnreadableAnswerException;
import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.async.QueueStatus;
import dev.drey.model.async.TriggerResponse;
import dev.drey.model.error.SerializedThrowable;
import dev.drey.model.savepoints.SavepointInfo;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The poller against a clock that is moved by hand. */
class OperationPollerTest {
    private static final TriggerId ID = TriggerId.fromString("00000000000000000000000000000abc");
    private static final URI PLACE = URI.create("http://localhost:8081/v1/x");
    private static final Duration LONG = Duration.ofHours(1);
    private static final SavepointInfo DONE = SavepointInfo.completed("file:/savepoint");

    private final ManualTimer timer = new ManualTimer();
    private final List<TriggerId> asked = new ArrayList<>();
    private final List<Duration> askedAt = new ArrayList<>();
    private final Deque<Supplier<CompletableFuture<AsynchronousOperationResult<SavepointInfo>>>>
            answers = new ArrayDeque<>();
    private final CompletableFuture<TriggerResponse> trigger = new CompletableFuture<>();

    @Test
    void delaysDoubleUpToTheLongest() {
        inProgress(8);
        answer(AsynchronousOperationResult.completed(DONE));
        OperationFuture<SavepointInfo> operation = acknowledged(poller());
        timer.advance(LONG);
        assertThat(operation.result()).isCompletedWithValue(DONE);
        assertThat(timer.delays())
                .isEqualTo(millis(100, 200, 400, 800, 1600, 2000, 2000, 2000, 2000));
        assertThat(timer.waiting()).isEmpty();
    }

    @Test
    void delayCountsFromTheAnswer() {
        CompletableFuture<AsynchronousOperationResult<SavepointInfo>> slow =
                new CompletableFuture<>();
        answers.add(() -> slow);
        answer(AsynchronousOperationResult.completed(DONE));
        OperationFuture<SavepointInfo> operation = acknowledged(poller());
        timer.advance(Duration.ofSeconds(10));
        slow.complete(AsynchronousOperationResult.inProgress());
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
        answer(AsynchronousOperationResult.completed(DONE));
        trigger.complete(new TriggerResponse(ID));
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
        assertThat(timer.delays()).isEmpty();
    }

    @Test
    void triggerThatThrowsEndsBoth() {
        IllegalStateException failure = new IllegalStateException();
        OperationFuture<SavepointInfo> operation =
                poller().trigger(
                                ID,
                                () -> {
                                    throw failure;
                                },
                                this::status,
                                SavepointInfo::failureCause);
        assertFailure(operation.acknowledged()).isSameAs(failure);
        assertFailure(operation.result()).isSameAs(failure);
    }

    @Test
    void idThatAnOldClusterChoseIsFollowed() {
        TriggerId other = TriggerId.random();
        answer(AsynchronousOperationResult.completed(DONE));
        OperationFuture<SavepointInfo> operation = trigger(poller());
        trigger.complete(new TriggerResponse(other));
        timer.advance(LONG);
        assertThat(operation.acknowledged()).isCompletedWithValue(other);
        assertThat(asked).containsExactly(other);
    }

    @Test
    void resumedOperationIsAskedForAtOnce() {
        inProgress(1);
        answer(AsynchronousOperationResult.completed(DONE));
        OperationFuture<SavepointInfo> operation = resume(poller());
        assertThat(operation.acknowledged()).isCompletedWithValue(ID);
        assertThat(asked).containsExactly(ID);
        timer.advance(LONG);
        assertThat(operation.result()).isCompletedWithValue(DONE);
        assertThat(timer.delays()).isEqualTo(millis(100));
    }

    @Test
    void failedOperationTellsTheCause() {
        answer(
                AsynchronousOperationResult.completed(
                        SavepointInfo.failed(
                                new SerializedThrowable(
                                        "a.B", "a.B: no disk\n\tat a.C.d(C.java:1)", "!"))));
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
        answer(
                AsynchronousOperationResult.completed(
                        SavepointInfo.failed(new SerializedThrowable("a.B", null, null))));
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
        answer(AsynchronousOperationResult.completed(DONE));
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
        answer(AsynchronousOperationResult.completed(DONE));
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
    void answersThatMakeNoSenseEndIt() {
        answer(null);
        assertFailure(resume(poller()).result()).isInstanceOf(NullPointerException.class);
        answer(new AsynchronousOperationResult<>(null, null));
        assertFailure(resume(poller()).result()).hasMessageContaining("status of operation");
        answer(new AsynchronousOperationResult<>(QueueStatus.completed(), null));
        assertFailure(resume(poller()).result()).hasMessageContaining("outcome of operation");
    }

    @Test
    void statusOfANewerFlinkIsNoEnd() {
        answer(new AsynchronousOperationResult<>(new QueueStatus(QueueStatus.Id.UNKNOWN), null));
        answer(AsynchronousOperationResult.completed(DONE));
        OperationFuture<SavepointInfo> operation = resume(poller());
        timer.advance(LONG);
        assertThat(operation.result()).isCompletedWithValue(DONE);
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
                .hasMessage("Operation %s had not ended after PT1S", ID)
                .hasCause(last);
        assertThat(timer.waiting()).isEmpty();
        assertThat(askedAt).isEqualTo(millis(0, 100, 300, 700));
    }

    @Test
    void deadlineEndsAPendingStatusRequest() {
        CompletableFuture<AsynchronousOperationResult<SavepointInfo>> pending =
                new CompletableFuture<>();
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
        answer(AsynchronousOperationResult.completed(DONE));
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
        CompletableFuture<AsynchronousOperationResult<SavepointInfo>> pending =
                new CompletableFuture<>();
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
        trigger.complete(new TriggerResponse(ID));
        assertThat(operation.acknowledged()).isCompletedWithValue(ID);
        assertThat(timer.delays()).isEmpty();
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
                new OperationPoller(
                        PollSettings.DEFAULT,
                        timer,
                        task -> {
                            throw new RejectedExecutionException();
                        });
        OperationFuture<SavepointInfo> operation = resume(poller);
        timer.advance(LONG);
        assertFailure(operation.result()).isInstanceOf(ClientClosedException.class);
    }

    private OperationPoller poller() {
        return poller(PollSettings.DEFAULT);
    }

    private OperationPoller poller(PollSettings settings) {
        return new OperationPoller(settings, timer, Runnable::run);
    }

    private OperationFuture<SavepointInfo> trigger(OperationPoller poller) {
        return poller.trigger(ID, () -> trigger, this::status, SavepointInfo::failureCause);
    }

    private OperationFuture<SavepointInfo> acknowledged(OperationPoller poller) {
        trigger.complete(new TriggerResponse(ID));
        return trigger(poller);
    }

    private OperationFuture<SavepointInfo> resume(OperationPoller poller) {
        return poller.resume(ID, this::status, SavepointInfo::failureCause);
    }

    private CompletableFuture<AsynchronousOperationResult<SavepointInfo>> status(TriggerId id) {
        asked.add(id);
        askedAt.add(timer.now());
        return answers.remove().get();
    }

    private void inProgress(int times) {
        for (int i = 0; i < times; i++) {
            answer(AsynchronousOperationResult.inProgress());
        }
    }

    private void answer(AsynchronousOperationResult<SavepointInfo> answer) {
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
}
