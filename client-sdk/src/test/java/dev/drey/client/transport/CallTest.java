package dev.drey.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.async.ManualTimer;
import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.RequestTimeoutException;
import dev.drey.client.error.UnreadableAnswerException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked when, and where, by a clock that is moved by hand. */
class CallTest {
    private static final Request READ = Request.get("/x");
    private static final Request WRITE = Request.post("/x");
    private static final Duration ATTEMPT = Duration.ofSeconds(15);
    private static final Duration TOTAL = Duration.ofSeconds(30);

    private final ManualTimer timer = new ManualTimer();
    private final Deque<Outcome> script = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Exchange<String>> exchanges = new ArrayList<>();
    private double random;
    private Call.Sharing shared = sharing(RetrySettings.DEFAULT, "http://a");

    /** What becomes of a try. */
    private interface Outcome {
        void of(Exchange<String> exchange);
    }

    /** What may go wrong, and whether a write can have been done then. */
    private enum Fault implements Outcome {
        REFUSED(false) {
            @Override
            public void of(Exchange<String> exchange) {
                lost(exchange, new ConnectException("refused"));
            }
        },
        RESET(true) {
            @Override
            public void of(Exchange<String> exchange) {
                exchange.send();
                lost(exchange, new SocketException("reset"));
            }
        },
        SILENT(true) {
            @Override
            public void of(Exchange<String> exchange) {
                exchange.send();
            }
        },
        NO_LEADER(false) {
            @Override
            public void of(Exchange<String> exchange) {
                refuse(exchange, 503, null);
            }
        },
        TOO_MANY(false) {
            @Override
            public void of(Exchange<String> exchange) {
                refuse(exchange, 429, null);
            }
        },
        PROXY_502(true) {
            @Override
            public void of(Exchange<String> exchange) {
                page(exchange, 502);
            }
        },
        PROXY_503(true) {
            @Override
            public void of(Exchange<String> exchange) {
                page(exchange, 503);
            }
        },
        GATEWAY_504(true) {
            @Override
            public void of(Exchange<String> exchange) {
                refuse(exchange, 504, null);
            }
        };

        final boolean mayHaveTakenPlace;

        Fault(boolean mayHaveTakenPlace) {
            this.mayHaveTakenPlace = mayHaveTakenPlace;
        }
    }

    private static void answer(Exchange<String> exchange) {
        exchange.send();
        exchange.result().complete("answer");
    }

    private static void lost(Exchange<String> exchange, Exception cause) {
        exchange.result()
                .completeExceptionally(
                        new FlinkConnectionException(
                                exchange.method(), exchange.uri(), exchange.isSent(), cause));
    }

    private static void refuse(Exchange<String> exchange, int status, Duration retryAfter) {
        exchange.send();
        exchange.result()
                .completeExceptionally(
                        new FlinkRestException(
                                exchange.method(),
                                exchange.uri(),
                                exchange.endpoint().uri(),
                                status,
                                List.of("No."),
                                retryAfter));
    }

    private static void page(Exchange<String> exchange, int status) {
        exchange.send();
        exchange.result()
                .completeExceptionally(
                        new UnreadableAnswerException(
                                exchange.method(), exchange.uri(), status, "HTML", null));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aReadGoesOnAtTheOtherEndpoint(Fault fault) {
        endpoints("http://a", "http://b");
        CompletableFuture<String> read = ask(READ, fault, CallTest::answer);
        timer.advance(ATTEMPT);
        assertThat(read).isCompletedWithValue("answer");
        assertThat(asked).containsExactly("0 a", fault == Fault.SILENT ? "15000 b" : "0 b");
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "SILENT")
    void aReadIsAskedAgainWhereThereIsNoOther(Fault fault) {
        CompletableFuture<String> read = ask(READ, fault, CallTest::answer);
        assertThat(read).isNotDone();
        timer.advance(Duration.ofMillis(100));
        assertThat(read).isCompletedWithValue("answer");
        assertThat(asked).containsExactly("0 a", "100 a");
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "SILENT")
    void aWriteIsAskedAgainOnlyIfItWasSurelyNotDone(Fault fault) {
        CompletableFuture<String> write = ask(WRITE, fault, CallTest::answer);
        timer.advance(TOTAL);
        if (fault.mayHaveTakenPlace) {
            assertThat(write).isCompletedExceptionally();
            assertThat(asked).containsExactly("0 a");
        } else {
            assertThat(write).isCompletedWithValue("answer");
            assertThat(asked).containsExactly("0 a", "100 a");
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aWriteGoesOnElsewhereOnlyIfItWasSurelyNotDone(Fault fault) {
        endpoints("http://a", "http://b");
        CompletableFuture<String> write = ask(WRITE, fault, CallTest::answer);
        timer.advance(TOTAL);
        if (fault.mayHaveTakenPlace) {
            assertThat(write).isCompletedExceptionally();
            assertThat(asked).containsExactly("0 a");
        } else {
            assertThat(write).isCompletedWithValue("answer");
            assertThat(asked).containsExactly("0 a", "0 b");
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aWriteThatMayBeRepeatedIsLikeARead(Fault fault) {
        endpoints("http://a", "http://b");
        CompletableFuture<String> write = ask(WRITE.repeatable(), fault, CallTest::answer);
        timer.advance(ATTEMPT);
        assertThat(write).isCompletedWithValue("answer");
        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 408, 409, 412, 413, 425, 500, 501})
    void allOtherRefusalsAreFinal(int status) {
        endpoints("http://a", "http://b");
        CompletableFuture<String> read = ask(READ, exchange -> refuse(exchange, status, null));
        assertThat(read)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(FlinkRestException.class);
        assertThat(asked).containsExactly("0 a");
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        CompletableFuture<String> read = ask(READ, times(8, Fault.REFUSED));
        timer.advance(TOTAL);
        assertThat(asked)
                .containsExactly(
                        "0 a", "100 a", "300 a", "700 a", "1500 a", "3100 a", "6300 a", "11300 a");
        assertThat(failure(read)).isInstanceOf(FlinkConnectionException.class);
    }

    @Test
    void pausesAreShortenedByUpToAHalf() {
        random = 1;
        start(READ, Fault.REFUSED, Fault.REFUSED, Fault.REFUSED, CallTest::answer);
        timer.advance(TOTAL);
        assertThat(asked).containsExactly("0 a", "50 a", "150 a", "350 a");
    }

    @Test
    void noPauseIsMadeThatWouldPassTheDeadline() {
        Request hurried = READ.withTimeout(Duration.ofSeconds(1));
        CompletableFuture<String> read = ask(hurried, times(4, Fault.REFUSED));
        timer.advance(Duration.ofMillis(700));
        assertThat(asked).containsExactly("0 a", "100 a", "300 a", "700 a");
        assertThat(failure(read)).isInstanceOf(FlinkConnectionException.class);
    }

    @Test
    void noPauseIsShorterThanDemanded() {
        Outcome busy = exchange -> refuse(exchange, 429, Duration.ofSeconds(3));
        CompletableFuture<String> read = ask(READ, busy, CallTest::answer);
        timer.advance(TOTAL);
        assertThat(read).isCompletedWithValue("answer");
        assertThat(asked).containsExactly("0 a", "3000 a");
    }

    @Test
    void whoIsToWaitForLongerThanThereIsTimeFailsAtOnce() {
        CompletableFuture<String> read =
                ask(READ, exchange -> refuse(exchange, 429, Duration.ofSeconds(30)));
        assertThat(failure(read)).isInstanceOf(FlinkRestException.class);
        assertThat(timer.waiting()).isEmpty();
    }

    @Test
    void allEndpointsAreAskedBeforeAPause() {
        endpoints("http://a", "http://b", "http://c");
        start(READ, Fault.REFUSED, Fault.NO_LEADER, Fault.RESET, Fault.REFUSED, CallTest::answer);
        timer.advance(Duration.ofMillis(100));
        assertThat(asked).containsExactly("0 a", "0 b", "0 c", "100 a", "100 b");
    }

    @Test
    void theNextRequestBeginsWhereTheLastWasAnswered() {
        endpoints("http://a", "http://b");
        start(READ, Fault.REFUSED, CallTest::answer);
        timer.advance(Duration.ofMinutes(1));
        start(READ, CallTest::answer);
        assertThat(asked).containsExactly("0 a", "0 b", "60000 b");
    }

    @Test
    void onlyTheEndpointThatIsNamedIsAsked() {
        endpoints("http://a", "http://b");
        start(READ.at(URI.create("http://b")), Fault.NO_LEADER, Fault.RESET, CallTest::answer);
        timer.advance(TOTAL);
        assertThat(asked).containsExactly("0 b", "100 b", "300 b");
    }

    @Test
    void aRequestWithATimeoutOfItsOwnIsNotCutShort() {
        endpoints("http://a", "http://b");
        CompletableFuture<String> held = ask(READ.withTimeout(TOTAL), Fault.SILENT);
        timer.advance(TOTAL.minusNanos(1));
        assertThat(held).isNotDone();
        timer.advance(Duration.ofNanos(1));
        assertThat(failure(held)).isInstanceOf(RequestTimeoutException.class);
        assertThat(exchanges).allMatch(Exchange::isEnded);
    }

    @Test
    void theDeadlineIsOfAllTriesAndTellsOfTheLast() {
        CompletableFuture<String> read = ask(READ, Fault.NO_LEADER, Fault.SILENT);
        timer.advance(TOTAL.minusNanos(1));
        assertThat(read).isNotDone();
        timer.advance(Duration.ofNanos(1));
        assertThat(failure(read))
                .isInstanceOfSatisfying(
                        RequestTimeoutException.class,
                        timeout -> {
                            assertThat(timeout.timeout()).isEqualTo(TOTAL);
                            assertThat(timeout).hasCauseInstanceOf(FlinkRestException.class);
                        });
    }

    @Test
    void waitingDoesNotHelpWhereNothingIsSetUp() {
        endpoints("http://a", "http://b");
        Outcome unknown = exchange -> lost(exchange, new UnknownHostException("a"));
        assertThat(ask(READ, unknown, unknown)).isCompletedExceptionally();
        assertThat(asked).containsExactly("0 a", "0 b");
    }

    @Test
    void theBudgetIsOfAllRequestsAndComesBackWithTime() {
        shared = sharing(RetrySettings.DEFAULT.withBudget(10), "http://a");
        assertThat(asksAgain(12)).isEqualTo(10);
        timer.advance(Duration.ofSeconds(1));
        assertThat(asksAgain(3)).isEqualTo(1);
        timer.advance(Duration.ofMinutes(1));
        assertThat(asksAgain(12)).isEqualTo(10);
    }

    /** Of as many reads that are refused at first. */
    private long asksAgain(int reads) {
        List<CompletableFuture<String>> all =
                Stream.generate(() -> ask(READ, Fault.REFUSED)).limit(reads).toList();
        List<CompletableFuture<String>> pausing =
                all.stream().filter(read -> !read.isDone()).toList();
        pausing.forEach(read -> read.cancel(false));
        return pausing.size();
    }

    @Test
    void cancellingEndsThePause() {
        CompletableFuture<String> read = ask(READ, Fault.REFUSED);
        read.cancel(false);
        assertThat(timer.waiting()).isEmpty();
        timer.advance(TOTAL);
        assertThat(asked).containsExactly("0 a");
    }

    @Test
    void cancellingEndsTheTry() {
        endpoints("http://a", "http://b");
        ask(READ, Fault.SILENT).cancel(false);
        assertThat(exchanges).singleElement().matches(Exchange::isEnded);
    }

    @Test
    void anAnswerLeavesNothingBehind() {
        endpoints("http://a", "http://b");
        start(READ, Fault.RESET, CallTest::answer);
        assertThat(timer.waiting()).isEmpty();
    }

    @Test
    void aWriteThatWasSentOnceMayHaveTakenPlace() {
        endpoints("http://a", "http://b");
        shared = sharing(RetrySettings.NONE, "http://a", "http://b");
        assertThat(failure(ask(WRITE.repeatable(), Fault.RESET, Fault.REFUSED)))
                .isInstanceOfSatisfying(
                        FlinkConnectionException.class,
                        lost -> assertThat(lost.mayHaveTakenPlace()).isTrue());
    }

    private void start(Request request, Outcome... outcomes) {
        var unused = ask(request, outcomes);
    }

    private CompletableFuture<String> ask(Request request, Outcome... outcomes) {
        script.addAll(Arrays.asList(outcomes));
        Call<String> call =
                new Call<>(
                        request,
                        request.timeout().orElse(TOTAL),
                        request.timeout().isEmpty() ? Optional.of(ATTEMPT) : Optional.empty(),
                        endpoint -> new Exchange<>(request.method(), endpoint, request.path()),
                        this::serve,
                        shared);
        call.start();
        return call.result();
    }

    private void serve(Exchange<String> exchange) {
        asked.add(timer.now().toMillis() + " " + exchange.uri().getHost());
        exchanges.add(exchange);
        script.remove().of(exchange);
    }

    private static Outcome[] times(int times, Outcome outcome) {
        return Stream.generate(() -> outcome).limit(times).toArray(Outcome[]::new);
    }

    private static Throwable failure(CompletableFuture<?> ended) {
        assertThat(ended).isCompletedExceptionally();
        return ended.handle((answer, failure) -> failure).join();
    }

    private void endpoints(String... uris) {
        shared = sharing(RetrySettings.DEFAULT, uris);
    }

    private Call.Sharing sharing(RetrySettings retries, String... uris) {
        return new Call.Sharing(
                new Endpoints(Arrays.stream(uris).map(URI::create).toList(), this::nanos),
                retries,
                new RetryBudget(retries.budget(), this::nanos),
                Runnable::run,
                timer,
                this::nanos,
                () -> random);
    }

    private long nanos() {
        return timer.now().toNanos();
    }
}
