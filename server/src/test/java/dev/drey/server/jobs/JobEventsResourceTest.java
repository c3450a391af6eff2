package dev.drey.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.DreyOptions;
import dev.drey.server.TestServer;
import dev.drey.server.TestServer.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.rpc.exceptions.RpcException;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobEventsResourceTest {

    private static final JobID JOB = new JobID(0, 1);
    private static final String PATH = "/jobs/" + JOB + "/events";
    private static final Pattern EVENT =
            Pattern.compile("id: ([0-9a-f]{8}-[0-9]+)\ndata: (\\{.*})\n\n");

    private final JobLook job = new JobLook().is(JobStatus.RUNNING, 10);
    private final AtomicReference<ExecutionGraphInfo> graph = new AtomicReference<>(job.graph());
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger askedInVain = new AtomicInteger();

    @AutoClose private final TestServer server = cluster().start();

    /** An event of a stream. */
    private record Event(String id, String data) {}

    @Test
    void eventsComeAsTheyHappenUntilTheJobHasEnded() {
        try (Connection client = watch()) {
            assertThat(next(client).data()).contains("\"type\":\"status\"", "\"to\":\"RUNNING\"");

            becomes(JobStatus.FAILING, 20);
            assertThat(next(client).data())
                    .isEqualTo(
                            "{\"type\":\"status\",\"timestamp\":20,\"from\":\"RUNNING\",\"to\":\"FAILING\"}");
            becomes(JobStatus.FAILED, 30);
            Event last = next(client);
            assertThat(last.data()).contains("\"to\":\"FAILED\"");
            assertThat(client.chunk()).as("the end of the stream").isEmpty();

            server.get(PATH, "Last-Event-ID: " + last.id()).expect(204);
        }
    }

    @Test
    void whoComesBackIsToldWhatHappenedMeanwhile() {
        String last;
        try (Connection client = watch()) {
            last = next(client).id();
        }
        becomes(JobStatus.RESTARTING, 20);
        becomes(JobStatus.RUNNING, 30);

        try (Connection client = comeBack("Last-Event-ID: " + last)) {
            Event first = next(client);
            assertThat(first.data()).contains("RESTARTING");
            assertThat(first.id()).isNotEqualTo(last);
            assertThat(next(client).data()).contains("\"to\":\"RUNNING\"");
        }
    }

    @Test
    void whatIsNotKeptAnyMoreIsSaidToBeMissed() {
        String last;
        try (Connection client = watch()) {
            last = next(client).id();
            becomes(JobStatus.RESTARTING, 20);
            next(client);
            becomes(JobStatus.RUNNING, 30);
            next(client);
            becomes(JobStatus.FAILING, 40);
            next(client);
        }

        try (Connection client = comeBack("Last-Event-ID: " + last)) {
            assertThat(next(client).data())
                    .contains("\"type\":\"missed\"", "\"last-event-id\":\"%s\"".formatted(last));
            assertThat(next(client).data()).contains("\"to\":\"FAILING\"").doesNotContain("from");
        }
    }

    @Test
    void anIdOfAnotherEndpointIsSaidToBeMissed() {
        try (Connection client = watch("Last-Event-ID: 00000000-1")) {
            assertThat(next(client).data()).contains("missed");
            assertThat(next(client).data()).contains("\"to\":\"RUNNING\"");
        }
    }

    @Test
    void anEndedJobTellsThatAndNoMore() {
        becomes(JobStatus.FINISHED, 20);

        assertThat(server.get(PATH).expect(200).body()).contains("\"to\":\"FINISHED\"");
    }

    @Test
    void anUnknownJobIs404() {
        JobID unknown = new JobID();

        assertThat(server.get("/jobs/%s/events".formatted(unknown)).refused(404))
                .contains(unknown.toString());
    }

    @Test
    void aClusterThatDoesNotAnswerForAWhileIsWaitedFor() {
        try (Connection client = watch()) {
            next(client);
            away.set(true);
            becomes(JobStatus.CANCELED, 20);
            TestServer.await("it was asked in vain", () -> askedInVain.get() > 2);
            away.set(false);

            assertThat(next(client).data()).contains("\"to\":\"CANCELED\"");
        }
    }

    @Test
    void beyondTheLimitNoStreamIsOpened() {
        try (Connection client = watch()) {
            next(client);

            assertThat(server.get(PATH).refused(503)).contains("drey.events.max-streams");
        }
        comeBack().close();
    }

    @Test
    void aServerThatStopsEndsItsStreams() {
        try (Connection client = watch()) {
            next(client);

            server.close();

            assertThat(client.chunk()).as("the end of the stream").isEmpty();
        }
    }

    @Test
    void aStreamSaysThatItLives() {
        try (TestServer lively =
                        cluster()
                                .set(DreyOptions.EVENTS_HEARTBEAT_INTERVAL, Duration.ofMillis(1))
                                .start();
                Connection client = ask(lively)) {
            client.readHead().expect(200);
            assertThat(client.chunk()).contains("\"to\":\"RUNNING\"");

            assertThat(List.of(client.chunk(), client.chunk())).containsOnly(": \n\n");
        }
    }

    @Test
    void whoDoesNotReadIsCutOffAndHoldsNobodyUp() {
        try (Connection sluggish = server.connectNarrowly()) {
            sluggish.send(server.request("GET", PATH, null));
            assertThat(sluggish.readHead().status()).isEqualTo(200);
            AtomicInteger failures = new AtomicInteger();

            try (Connection client =
                    comeBack(
                            () -> {
                                job.failed(failures.incrementAndGet(), "x".repeat(1 << 18));
                                becomes(JobStatus.RUNNING, failures.get());
                                int before = looks.get();
                                TestServer.await("it is looked at", () -> looks.get() > before + 1);
                            })) {
                assertThat(next(client).data()).contains("\"to\":\"RUNNING\"");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "FINISHED"})
    void eventsAreKeptForATimeOnly(JobStatus status) {
        becomes(status, 20);
        try (TestServer forgetful =
                cluster()
                        .set(DreyOptions.EVENTS_RETENTION, Duration.ZERO)
                        .set(DreyOptions.EVENTS_HEARTBEAT_INTERVAL, Duration.ofMillis(1))
                        .start()) {
            String last;
            try (Connection client = ask(forgetful)) {
                client.readHead().expect(200);
                last = next(client).id();
            }

            TestServer.await(
                    "they are forgotten",
                    () -> {
                        try (Connection client = ask(forgetful, "Last-Event-ID: " + last)) {
                            return client.readHead().status() == 200
                                    && client.chunk().contains("\"type\":\"missed\"");
                        }
                    });
        }
    }

    @Test
    void headOpensNone() {
        server.send("HEAD", PATH, null).expect(200);
        try (Connection client = watch()) {
            assertThat(next(client).data()).contains("RUNNING");
        }
    }

    private TestServer.Builder cluster() {
        return TestServer.cluster()
                .set(DreyOptions.EVENTS_MAX_STREAMS, 1)
                .set(DreyOptions.EVENTS_MAX_ENTRIES, 2)
                .dispatcher(
                        dispatcher ->
                                dispatcher.setRequestExecutionGraphInfoFunction(this::graphOf));
    }

    private void becomes(JobStatus status, long timestamp) {
        graph.set(job.is(status, timestamp).graph());
    }

    private CompletableFuture<ExecutionGraphInfo> graphOf(JobID id) {
        if (!id.equals(JOB)) {
            return CompletableFuture.failedFuture(new FlinkJobNotFoundException(id));
        }
        if (away.get()) {
            askedInVain.incrementAndGet();
            return CompletableFuture.failedFuture(new RpcException("nobody there"));
        }
        looks.incrementAndGet();
        return CompletableFuture.completedFuture(graph.get());
    }

    private Connection watch(String... headers) {
        Connection client = ask(server, headers);
        assertThat(client.readHead().expect(200).header("Content-Type"))
                .isEqualTo("text/event-stream");
        return client;
    }

    private Connection comeBack(String... headers) {
        return comeBack(() -> {}, headers);
    }

    /**
     * Watches, once the server has noticed that nobody else does any more.
     *
     * @param meanwhile what happens as long as it has not
     */
    private Connection comeBack(Runnable meanwhile, String... headers) {
        AtomicReference<Connection> admitted = new AtomicReference<>();
        TestServer.await(
                "the place is free",
                () -> {
                    Connection client = ask(server, headers);
                    if (client.readHead().status() == 200) {
                        admitted.set(client);
                    } else {
                        client.close();
                        meanwhile.run();
                    }
                    return admitted.get() != null;
                });
        return admitted.get();
    }

    private static Connection ask(TestServer asked, String... headers) {
        Connection client = asked.connect();
        client.send(asked.request("GET", PATH, null, headers));
        return client;
    }

    private static Event next(Connection client) {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\n\n") < 0) {
            text.append(client.chunk());
        }
        Matcher event = EVENT.matcher(text);
        assertThat(event.matches()).as("an event: %s", text).isTrue();
        return new Event(event.group(1), event.group(2));
    }
}
