package dev.drey.client;

import static dev.drey.client.Futures.assertFailure;
import static dev.drey.client.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.async.JobGoneException;
import dev.drey.client.async.OperationFailedException;
import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.PollSettings;
import dev.drey.client.async.UnknownOperationException;
import dev.drey.client.error.ClientClosedException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.savepoints.SavepointFormatType;
import dev.drey.model.savepoints.SavepointInfo;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Savepoints over HTTP: how they are triggered, and what comes of them. */
@Timeout(120)
class SavepointsClientTest {
    private static final JobId JOB = JobId.fromString("0123456789abcdef0123456789abcdef");
    private static final TriggerId TRIGGER =
            TriggerId.fromString("00000000000000000000000000000abc");
    private static final String IN_PROGRESS = "{\"status\":{\"id\":\"IN_PROGRESS\"}}";
    private static final PollSettings QUICK =
            PollSettings.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(2));

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger polls = new AtomicInteger();

    @Test
    void clientChoosesTheTriggerId() throws Exception {
        try (FaultyServer server = cluster(IN_PROGRESS, Fixtures.text("savepoint-completed"));
                FlinkMonitoringClient client = client(server)) {
            OperationFuture<SavepointInfo> savepoint = client.savepoints().trigger(JOB);
            assertThat(await(savepoint.result()).location())
                    .isEqualTo("file:/data/flink/sp/savepoint-667586-567fd1eb0615");
            assertThat(await(savepoint.acknowledged())).isEqualTo(savepoint.triggerId());
            assertThat(bodies)
                    .first()
                    .isEqualTo("{\"triggerId\":\"%s\"}".formatted(savepoint.triggerId()));
            assertThat(server.heads().get(0))
                    .startsWith("POST /v1/jobs/%s/savepoints ".formatted(JOB));
            assertThat(server.heads().get(2))
                    .startsWith(
                            "GET /v1/jobs/%s/savepoints/%s ".formatted(JOB, savepoint.triggerId()));
        }
    }

    @Test
    void triggerIdOfTheCallerIsKept() throws Exception {
        try (FaultyServer server = cluster(Fixtures.text("savepoint-completed"));
                FlinkMonitoringClient client = client(server)) {
            OperationFuture<SavepointInfo> savepoint =
                    client.savepoints()
                            .trigger(
                                    JOB,
                                    new SavepointTriggerRequestBody(
                                            "file:///sp",
                                            true,
                                            SavepointFormatType.NATIVE,
                                            TRIGGER));
            await(savepoint.result());
            assertThat(savepoint.triggerId()).isEqualTo(TRIGGER);
            assertThat(bodies)
                    .first()
                    .isEqualTo(
                            "{\"target-directory\":\"file:///sp\",\"cancel-job\":true,"
                                    + "\"formatType\":\"NATIVE\",\"triggerId\":\""
                                    + TRIGGER
                                    + "\"}");
        }
    }

    @Test
    void failedSavepointTellsTheCause() {
        try (FaultyServer server = cluster(Fixtures.text("savepoint-failed"));
                FlinkMonitoringClient client = client(server)) {
            assertFailure(client.savepoints().resume(JOB, TRIGGER).result())
                    .isInstanceOfSatisfying(
                            OperationFailedException.class,
                            failure -> {
                                assertThat(failure.className())
                                        .isEqualTo("java.util.concurrent.CompletionException");
                                assertThat(failure.stackTraceText())
                                        .contains("Failed to create savepoint directory");
                                assertThat(failure)
                                        .hasMessageEndingWith("IO-problem detected.")
                                        .hasNoCause();
                            });
        }
    }

    @Test
    void refusedTriggerFailsBoth() {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection ->
                                        connection.answerJson(400, "{\"errors\":[\"No.\"]}"));
                FlinkMonitoringClient client = client(server)) {
            OperationFuture<SavepointInfo> savepoint = client.savepoints().trigger(JOB);
            assertFailure(savepoint.acknowledged()).isInstanceOf(FlinkRestException.class);
            assertFailure(savepoint.result()).isInstanceOf(FlinkRestException.class);
        }
    }

    @Test
    void unknownTriggerFails() {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection ->
                                        connection.answerJson(
                                                404, Fixtures.text("error-not-found")));
                FlinkMonitoringClient client = client(server)) {
            assertFailure(client.savepoints().resume(JOB, TRIGGER).result())
                    .isInstanceOf(JobGoneException.class)
                    .hasCauseInstanceOf(UnknownOperationException.class);
        }
    }

    @Test
    void closingEndsTheWaiting() throws Exception {
        try (FaultyServer server = FaultyServer.that(connection -> {})) {
            FlinkMonitoringClient client = client(server);
            OperationFuture<SavepointInfo> triggered = client.savepoints().trigger(JOB);
            OperationFuture<SavepointInfo> resumed = client.savepoints().resume(JOB, TRIGGER);
            await(server.requested());
            client.close();
            assertFailure(triggered.result()).isInstanceOf(ClientClosedException.class);
            assertFailure(triggered.acknowledged()).isInstanceOf(ClientClosedException.class);
            assertFailure(resumed.result()).isInstanceOf(ClientClosedException.class);
        }
    }

    /** Acknowledges triggers under the id they ask for, and gives one status after another. */
    private FaultyServer cluster(String... statuses) {
        return FaultyServer.that(
                connection -> {
                    if (connection.head().startsWith("POST")) {
                        acknowledge(connection);
                    } else {
                        connection.answerJson(200, statuses[polls.getAndIncrement()]);
                    }
                });
    }

    private void acknowledge(FaultyServer.Connection connection) throws IOException {
        String body = connection.readBody();
        bodies.add(body);
        String id = body.replaceAll(".*\"triggerId\":\"([0-9a-f]+)\".*", "$1");
        connection.answer(202, "application/json", "{\"request-id\":\"%s\"}".formatted(id));
    }

    private static FlinkMonitoringClient client(FaultyServer server) {
        return FlinkMonitoringClient.builder()
                .endpoint(server.endpoint())
                .pollSettings(QUICK)
                .build();
    }
}
