package dev.drey.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.async.PollSettings;
import dev.drey.client.error.ClientClosedException;
import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.transport.RetrySettings;
import dev.drey.model.JobId;
import dev.drey.model.jobs.JobEvent;
import dev.drey.model.jobs.JobEvent.CheckpointEnded;
import dev.drey.model.jobs.JobEvent.Missed;
import dev.drey.model.jobs.JobEvent.Rescaled;
import dev.drey.model.jobs.JobEvent.Restarted;
import dev.drey.model.jobs.JobEvent.StatusChanged;
import dev.drey.model.jobs.JobStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a subscriber is told of a job, by a server with a stream of events and by one without. */
@Timeout(30)
class JobWatchTest {
    private static final JobId JOB = JobId.fromString("9d9ef62cf4bec2734c6b46510d7915ff");
    private static final String STREAM =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    private static final String NO_ROUTE = "{\"errors\":[\"Not found: /v1/jobs/events\"]}";
    private static final String NO_JOB = "{\"errors\":[\"Job not found\"]}";

    @Test
    void eventsAreToldUntilTheJobHasEnded() throws Exception {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    connection.send(STREAM);
                                    connection.send(status("a-0", null, "RUNNING"));
                                    connection.send(": \n\n");
                                    connection.send(
                                            "id: a-1\ndata: {\"type\":\"of a newer Drey\"}\n\n");
                                    connection.send(status("a-2", "RUNNING", "FINISHED"));
                                    connection.end();
                                });
                FlinkMonitoringClient client = client(server)) {
            Listener listener = Listener.of(client);

            assertThat(listener.next()).isEqualTo(change(null, JobStatus.RUNNING));
            assertThat(listener.next()).isEqualTo(change(JobStatus.RUNNING, JobStatus.FINISHED));
            assertThat(listener.next()).isEqualTo(Listener.COMPLETED);
            assertThat(server.heads().get(0))
                    .startsWith("GET /v1/jobs/%s/events ".formatted(JOB))
                    .doesNotContain("Last-Event-ID");
        }
    }

    @Test
    void aStreamThatBreaksOffIsGoneOnWith() throws Exception {
        Iterator<Reply> replies =
                List.<Reply>of(
                                connection -> {
                                    connection.send(STREAM + status("a-7", null, "RUNNING"));
                                    connection.end();
                                },
                                connection -> connection.reset(),
                                connection -> {
                                    connection.send(STREAM);
                                    connection.send(status("a-8", "RUNNING", "CANCELED"));
                                    connection.end();
                                })
                        .iterator();
        try (FaultyServer server =
                        FaultyServer.that(connection -> replies.next().give(connection));
                FlinkMonitoringClient client = client(server)) {
            Listener listener = Listener.of(client);

            assertThat(listener.next()).isEqualTo(change(null, JobStatus.RUNNING));
            assertThat(listener.next()).isEqualTo(change(JobStatus.RUNNING, JobStatus.CANCELED));
            assertThat(listener.next()).isEqualTo(Listener.COMPLETED);
            assertThat(server.heads().get(1)).containsIgnoringCase("Last-Event-ID: a-7\r\n");
        }
    }

    @Test
    void anEndedJobOfWhichAllIsToldIsOver() throws Exception {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> connection.send("HTTP/1.1 204 Any\r\n\r\n"));
                FlinkMonitoringClient client = client(server)) {
            assertThat(Listener.of(client).next()).isEqualTo(Listener.COMPLETED);
        }
    }

    @Test
    void aServerWithoutEventsIsAskedWhatTheJobLooksLike() throws Exception {
        Stock stock = new Stock();
        try (FaultyServer server = FaultyServer.that(stock::answer);
                FlinkMonitoringClient client = client(server)) {
            Listener listener = Listener.of(client);
            assertThat(listener.next())
                    .isEqualTo(new StatusChanged(1000, null, JobStatus.RUNNING, null));

            stock.becomes(
                    "RUNNING",
                    "\"RUNNING\":1300,\"RESTARTING\":1200",
                    2,
                    "{\"className\":\"completed\",\"id\":4,\"status\":\"COMPLETED\",\"trigger_timestamp\":1400,\"end_to_end_duration\":10}",
                    "{\"exceptionName\":\"e\",\"stacktrace\":\"e: why\",\"timestamp\":1100}");

            assertThat(listener.next())
                    .isInstanceOfSatisfying(
                            Restarted.class,
                            restart ->
                                    assertThat(restart.cause().stacktrace()).isEqualTo("e: why"));
            assertThat(listener.next())
                    .isEqualTo(
                            new StatusChanged(1200, JobStatus.RUNNING, JobStatus.RESTARTING, null));
            assertThat(listener.next())
                    .isEqualTo(
                            new StatusChanged(1300, JobStatus.RESTARTING, JobStatus.RUNNING, null));
            assertThat(listener.next())
                    .isInstanceOfSatisfying(
                            Rescaled.class,
                            rescale -> {
                                assertThat(rescale.vertices()).hasSize(1);
                                assertThat(rescale.vertices().get(0).to()).isEqualTo(2);
                            });
            assertThat(listener.next())
                    .isInstanceOfSatisfying(
                            CheckpointEnded.class,
                            ended -> assertThat(ended.checkpoint().id()).isEqualTo(4));

            stock.becomes("CANCELED", "\"RUNNING\":1300,\"CANCELED\":1500", 2, "", "");
            assertThat(listener.next())
                    .isEqualTo(
                            new StatusChanged(1500, JobStatus.RUNNING, JobStatus.CANCELED, null));
            assertThat(listener.next()).isEqualTo(Listener.COMPLETED);
        }
    }

    @Test
    void whatAServerWithoutEventsDoesNotKnowIsMissed() throws Exception {
        Stock stock = new Stock();
        Iterator<Reply> replies =
                List.<Reply>of(
                                connection -> {
                                    connection.send(STREAM + status("a-7", null, "RUNNING"));
                                    connection.end();
                                })
                        .iterator();
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    if (replies.hasNext()) {
                                        replies.next().give(connection);
                                    } else {
                                        stock.answer(connection);
                                    }
                                });
                FlinkMonitoringClient client = client(server)) {
            Listener listener = Listener.of(client);
            listener.next();

            assertThat(listener.next()).isEqualTo(new Missed(1000, "a-7"));
            assertThat(listener.next()).isInstanceOf(StatusChanged.class);
        }
    }

    @Test
    void anUnknownJobIsAnError() throws Exception {
        try (FaultyServer server =
                        FaultyServer.that(connection -> connection.answerJson(404, NO_JOB));
                FlinkMonitoringClient client = client(server)) {
            assertThat(Listener.of(client).next())
                    .isInstanceOfSatisfying(
                            FlinkRestException.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(404));
        }
    }

    @Test
    void aClusterThatDoesNotAnswerIsAnErrorAtLast() throws Exception {
        try (FlinkMonitoringClient client =
                FlinkMonitoringClient.builder()
                        .endpoint(FaultyServer.deadEndpoint())
                        .retries(RetrySettings.NONE)
                        .pollSettings(
                                PollSettings.DEFAULT
                                        .withDelays(Duration.ofMillis(1), Duration.ofMillis(5))
                                        .withLongestSilence(Duration.ofMillis(20)))
                        .build()) {
            assertThat(Listener.of(client).next()).isInstanceOf(FlinkConnectionException.class);
        }
    }

    @Test
    void whoWantsNoMoreHoldsNoConnection() throws Exception {
        try (FaultyServer server = silentAfterTheFirst();
                FlinkMonitoringClient client = client(server)) {
            Listener listener = Listener.of(client);
            listener.next();

            listener.cancel();

            server.disconnected().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aClosedClientEndsIt() throws Exception {
        try (FaultyServer server = silentAfterTheFirst();
                FlinkMonitoringClient client = client(server)) {
            Listener listener = Listener.of(client);
            listener.next();

            client.close();

            assertThat(listener.next()).isInstanceOf(ClientClosedException.class);
            assertThat(Listener.of(client).next()).isInstanceOf(ClientClosedException.class);
        }
    }

    @Test
    void aSubscriberThatIsBusyKeepsNoOtherWaiting() throws Exception {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    connection.send(STREAM);
                                    for (int i = 0; i < 2000; i++) {
                                        connection.send(status("a-" + i, null, "RUNNING"));
                                    }
                                    connection.send(status("a-2000", "RUNNING", "FINISHED"));
                                    connection.end();
                                });
                FlinkMonitoringClient client = client(server)) {
            CountDownLatch first = new CountDownLatch(1);
            CountDownLatch gate = new CountDownLatch(1);
            Listener busy =
                    new Listener() {
                        @Override
                        public void onNext(JobEvent event) {
                            first.countDown();
                            await(gate);
                            super.onNext(event);
                        }
                    };
            client.jobs().watch(JOB).subscribe(busy);
            await(first);

            Listener other = Listener.of(client);
            for (int i = 0; i <= 2000; i++) {
                assertThat(other.next()).isInstanceOf(StatusChanged.class);
            }
            assertThat(other.next()).isEqualTo(Listener.COMPLETED);

            gate.countDown();
            for (int i = 0; i <= 2000; i++) {
                assertThat(busy.next()).isInstanceOf(StatusChanged.class);
            }
            assertThat(busy.next()).isEqualTo(Listener.COMPLETED);
        }
    }

    private static FaultyServer silentAfterTheFirst() {
        return FaultyServer.that(
                connection -> {
                    connection.send(STREAM + status("a-0", null, "RUNNING"));
                    connection.in().read();
                });
    }

    private static String status(String id, String from, String to) {
        return "id: %s\ndata: {\"type\":\"status\",\"timestamp\":5%s,\"to\":\"%s\"}\n\n"
                .formatted(id, from == null ? "" : ",\"from\":\"%s\"".formatted(from), to);
    }

    private static StatusChanged change(JobStatus from, JobStatus to) {
        return new StatusChanged(5, from, to, null);
    }

    private static FlinkMonitoringClient client(FaultyServer server) {
        return FlinkMonitoringClient.builder()
                .endpoint(server.endpoint())
                .pollSettings(
                        PollSettings.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(5)))
                .build();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What a server does with one request. */
    private interface Reply {
        void give(FaultyServer.Connection connection) throws IOException;
    }

    /** A server that has no events. */
    private static final class Stock {
        private volatile String details = details("RUNNING", "\"RUNNING\":900", 1);
        private volatile String checkpoints = "";
        private volatile String failures = "";

        void becomes(
                String status,
                String timestamps,
                int parallelism,
                String checkpoint,
                String failure) {
            checkpoints = checkpoint;
            failures = failure;
            details = details(status, timestamps, parallelism);
        }

        void answer(FaultyServer.Connection connection) throws IOException {
            String path = connection.head().split(" ", 3)[1];
            if (path.endsWith("/events")) {
                connection.answerJson(404, NO_ROUTE);
            } else if (path.endsWith("/config")) {
                connection.answerJson(200, "{\"refresh-interval\":20}");
            } else if (path.endsWith("/checkpoints")) {
                connection.answerJson(200, "{\"history\":[%s]}".formatted(checkpoints));
            } else if (path.endsWith("/exceptions")) {
                connection.answerJson(
                        200, "{\"exceptionHistory\":{\"entries\":[%s]}}".formatted(failures));
            } else {
                connection.answerJson(200, details);
            }
        }

        private static String details(String status, String timestamps, int parallelism) {
            return """
                    {"jid":"%s","state":"%s","now":1000,"timestamps":{%s},
                     "vertices":[{"id":"bc764cd8ddf7a0cff126f51c16239658","name":"v","parallelism":%d}]}"""
                    .formatted(JOB, status, timestamps, parallelism);
        }
    }

    /** Takes down what it is told. */
    private static class Listener implements Flow.Subscriber<JobEvent> {
        static final String COMPLETED = "completed";

        private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        private final List<Flow.Subscription> subscriptions = new ArrayList<>();

        static Listener of(FlinkMonitoringClient client) {
            Listener listener = new Listener();
            client.jobs().watch(JOB).subscribe(listener);
            return listener;
        }

        Object next() throws InterruptedException {
            Object next = told.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("what is told").isNotNull();
            return next;
        }

        void cancel() {
            subscriptions.get(0).cancel();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriptions.add(subscription);
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(JobEvent event) {
            told.add(event);
        }

        @Override
        public void onError(Throwable cause) {
            told.add(cause);
        }

        @Override
        public void onComplete() {
            told.add(COMPLETED);
        }
    }
}
