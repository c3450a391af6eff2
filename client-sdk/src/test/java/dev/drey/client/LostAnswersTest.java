package dev.drey.client;

import static dev.drey.client.Futures.assertFailure;
import static dev.drey.client.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.async.JobGoneException;
import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.OutcomeUnknownException;
import dev.drey.client.async.PollSettings;
import dev.drey.client.async.UnknownOperationException;
import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.UnreadableAnswerException;
import dev.drey.client.transport.RetrySettings;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.JarId;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationInfo;
import dev.drey.model.checkpoints.CheckpointInfo;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.savepoints.SavepointInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes whose answers are lost, and operations that a cluster has forgotten. */
@Timeout(120)
class LostAnswersTest {
    private static final JobId JOB = JobId.fromString("0123456789abcdef0123456789abcdef");
    private static final String UNKNOWN = "{\"errors\":[\"Unknown.\"]}";
    private static final String DONE =
            "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"location\":\"file:/sp\"}}";
    private static final String DELETED = "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{}}";
    private static final long NOW = 1_795_468_812_120L;

    private static final JarId JAR = JarId.fromString("id_a.jar");

    /** Of every write, as it came. */
    private final List<String> writes = new CopyOnWriteArrayList<>();

    private volatile String instance = "";
    private volatile boolean restarts;
    private volatile FaultyServer dying;
    private long age = Duration.ofDays(1).toMillis();
    private volatile boolean isKnown;
    private int lost = 1;
    private String history = "";

    @Test
    void anOperationThatTheClusterKnowsWasTakenOn() throws Exception {
        isKnown = true;
        try (FaultyServer server = cluster();
                FlinkMonitoringClient client = client(server)) {
            OperationFuture<SavepointInfo> savepoint = client.savepoints().trigger(JOB);

            assertThat(await(savepoint.result()).location()).isEqualTo("file:/sp");
            assertThat(await(savepoint.acknowledged())).isEqualTo(savepoint.triggerId());
            assertThat(writes).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theSameJobManagerIsAskedAgainUnderTheSameId(int times) throws Exception {
        lost = times;
        try (FaultyServer server = cluster();
                FlinkMonitoringClient client = client(server)) {
            OperationFuture<SavepointInfo> savepoint = client.savepoints().stop(JOB);

            assertThat(await(savepoint.result()).location()).isEqualTo("file:/sp");
            assertThat(writes)
                    .hasSize(times + 1)
                    .allMatch(write -> write.contains(savepoint.triggerId().value()));
        }
    }

    @Test
    void aNewJobManagerIsNot() {
        age = 10;
        try (FaultyServer server = cluster();
                FlinkMonitoringClient client = client(server)) {
            OperationFuture<CheckpointInfo> checkpoint = client.checkpoints().trigger(JOB);

            assertFailure(checkpoint.result())
                    .isInstanceOfSatisfying(
                            OutcomeUnknownException.class,
                            unknown -> {
                                assertThat(unknown.id()).isEqualTo(checkpoint.triggerId().value());
                                assertThat(unknown.target()).isEqualTo("checkpoint of job " + JOB);
                                assertThat(unknown.askedAt()).isNotNull();
                            });
            assertFailure(checkpoint.acknowledged()).isInstanceOf(OutcomeUnknownException.class);
            assertThat(writes).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theSameProcessOfDreyIsAskedAgainUnderTheSameKey(int times) throws Exception {
        instance = "a";
        lost = times;
        try (FaultyServer server = cluster();
                FlinkMonitoringClient client = client(server)) {
            OperationFuture<AsynchronousOperationInfo> disposal =
                    client.savepoints().dispose("file:/sp");

            await(disposal.result());
            assertThat(writes)
                    .hasSize(times + 1)
                    .allMatch(write -> write.contains("Idempotency-Key: " + disposal.triggerId()));
            assertThat(writes.subList(1, times + 1))
                    .allMatch(write -> write.contains("Drey-Instance: a\r\n"));
        }
    }

    @Test
    void anotherProcessOfDreyDoesNothing() {
        instance = "a";
        try (FaultyServer server = cluster();
                FlinkMonitoringClient client = client(server)) {
            restarts = true;
            OperationFuture<AsynchronousOperationInfo> rescaling =
                    client.rescaling().trigger(JOB, 4);

            assertFailure(rescaling.result())
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("rescaling of job %s (4)".formatted(JOB));
            assertThat(writes).hasSize(2).last().asString().contains("Drey-Instance: a\r\n");
        }
    }

    @Test
    void aWriteWhoseProcessIsGoneMayHaveTakenPlace() {
        instance = "a";
        FaultyServer server = cluster();
        try (FlinkMonitoringClient client =
                FlinkMonitoringClient.builder()
                        .endpoint(server.endpoint())
                        .retries(RetrySettings.NONE)
                        .build()) {
            dying = server;

            assertFailure(client.jars().delete(JAR))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .cause()
                    .isInstanceOf(FlinkConnectionException.class);
        }
    }

    @Test
    void whoStopsWaitingStopsNobodyElse() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    if (connection.head().startsWith("GET /v1/config ")) {
                                        pass(gate);
                                    }
                                    connection.answerJson(200, "{}");
                                });
                FlinkMonitoringClient client = client(server)) {
            CompletableFuture<EmptyResponseBody> one = client.jars().delete(JAR);
            CompletableFuture<EmptyResponseBody> other = client.jars().delete(JAR);
            await(server.requested());

            one.cancel(false);
            gate.countDown();

            await(other);
            await(client.jars().delete(JAR));
            assertThat(server.headsOfCalls()).hasSize(2);
        }
    }

    private static void pass(CountDownLatch gate) {
        try {
            assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void stockFlinkIsNotAskedAgainUnderAKey() {
        try (FaultyServer server = cluster();
                FlinkMonitoringClient client = client(server)) {
            assertFailure(client.savepoints().dispose("file:/sp").result())
                    .isInstanceOfSatisfying(
                            OutcomeUnknownException.class,
                            unknown ->
                                    assertThat(unknown.target())
                                            .isEqualTo("savepoint disposal (file:/sp)"));
            assertThat(writes).hasSize(1);
        }
    }

    @Test
    void aJarIsRunOnceAtDrey() throws Exception {
        instance = "a";
        try (FaultyServer server = cluster();
                FlinkMonitoringClient client = client(server)) {
            await(client.jars().run(new JarId("a.jar"), JarRunRequestBody.builder().build()));

            assertThat(writes).hasSize(2);
            assertThat(key(writes.get(0))).isNotEmpty().isEqualTo(key(writes.get(1)));
        }
    }

    @Test
    void aJarIsRunOnceAtStock() {
        try (FaultyServer server = cluster();
                FlinkMonitoringClient client = client(server)) {
            assertFailure(
                            client.jars()
                                    .run(new JarId("a.jar"), JarRunRequestBody.builder().build()))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("the run of jar a.jar");
            assertThat(writes).hasSize(1);
        }
    }

    @Test
    void aForgottenSavepointIsFoundAmongTheJobsCheckpoints() throws Exception {
        lost = 0;
        history =
                String.join(
                        ",",
                        checkpoint(4, "CHECKPOINT", NOW),
                        checkpoint(3, "SYNC_SAVEPOINT", NOW),
                        checkpoint(2, "SAVEPOINT", NOW),
                        checkpoint(1, "SAVEPOINT", NOW - 100_000));
        try (FaultyServer server = cluster();
                FlinkMonitoringClient client = client(server);
                FlinkMonitoringClient other = client(server)) {
            OperationFuture<SavepointInfo> savepoint = client.savepoints().trigger(JOB);
            assertThat(await(savepoint.result()).location()).isEqualTo("file:/2");
            assertThat(await(other.resume(savepoint.token()).result()))
                    .isEqualTo(SavepointInfo.completed("file:/2"));
        }
    }

    @Test
    void noneIsItAmongSeveral() {
        lost = 0;
        history = checkpoint(2, "CHECKPOINT", NOW) + "," + checkpoint(1, "CHECKPOINT", NOW + 1);
        try (FaultyServer server = cluster();
                FlinkMonitoringClient client = client(server)) {
            assertFailure(client.checkpoints().trigger(JOB).result())
                    .isInstanceOf(UnknownOperationException.class);
        }
    }

    @Test
    void aForgottenOperationOfAForgottenJobSaysSo() {
        lost = 0;
        age = -1;
        try (FaultyServer server = cluster();
                FlinkMonitoringClient client = client(server)) {
            assertFailure(client.savepoints().trigger(JOB).result())
                    .isInstanceOf(JobGoneException.class)
                    .hasCauseInstanceOf(UnknownOperationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "{\"status\":{}}",
                "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":null}",
                "<html>"
            })
    void aStatusThatMakesNoSenseIsTold(String status) {
        try (FaultyServer server =
                        FaultyServer.that(connection -> connection.answerJson(200, status));
                FlinkMonitoringClient client = client(server)) {
            assertFailure(client.dataSets().resumeDeletion(TriggerId.random()).result())
                    .isInstanceOf(UnreadableAnswerException.class);
        }
    }

    /** Loses the first answers to writes. */
    private FaultyServer cluster() {
        return FaultyServer.that(this::serve);
    }

    private void serve(FaultyServer.Connection connection) throws IOException {
        String head = connection.head();
        String body = connection.readBody();
        if (!head.startsWith("GET")) {
            writes.add(head + body);
            String wanted = connection.header("Drey-Instance");
            if (writes.size() <= lost) {
                if (restarts) {
                    instance = "b";
                }
                if (dying != null) {
                    dying.close();
                }
                connection.reset();
            } else if (!wanted.isEmpty() && !wanted.equals(instance)) {
                answer(connection, 412, "{\"errors\":[\"Another one.\"]}");
            } else {
                isKnown = history.isEmpty() && age >= 0;
                String id =
                        body.contains("triggerId")
                                ? body.replaceAll(".*\"triggerId\":\"([0-9a-f]+)\".*", "$1")
                                : "00000000000000000000000000000abc";
                answer(
                        connection,
                        202,
                        "{\"request-id\":\"%s\",\"jobid\":\"%s\"}".formatted(id, JOB));
            }
        } else if (head.startsWith("GET /v1/config ")) {
            answer(connection, 200, "{}");
        } else if (head.startsWith("GET /v1/jobs/overview ")) {
            answer(
                    connection,
                    200,
                    "{\"jobs\":[{\"jid\":\"%s\",\"state\":\"RUNNING\",\"start-time\":1,\"end-time\":-1,\"duration\":%d}]}"
                            .formatted(JOB, age));
        } else if (head.startsWith("GET /v1/jobs/%s ".formatted(JOB)) && age >= 0) {
            answer(connection, 200, "{\"jid\":\"%s\",\"now\":%d}".formatted(JOB, NOW));
        } else if (head.startsWith("GET /v1/jobs/%s/checkpoints ".formatted(JOB))) {
            answer(connection, 200, "{\"history\":[%s]}".formatted(history));
        } else if (isKnown) {
            answer(connection, 200, head.contains("/savepoints/") ? DONE : DELETED);
        } else {
            answer(connection, 404, UNKNOWN);
        }
    }

    private void answer(FaultyServer.Connection connection, int status, String body)
            throws IOException {
        connection.send(
                "HTTP/1.1 %d Any\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s"
                        .formatted(
                                status,
                                body.length(),
                                instance.isEmpty()
                                        ? ""
                                        : "Drey-Instance: %s\r\n".formatted(instance),
                                body));
    }

    private static String key(String write) {
        return write.lines()
                .filter(line -> line.startsWith("Idempotency-Key: "))
                .findFirst()
                .orElse("");
    }

    private static String checkpoint(int id, String type, long triggered) {
        return "{\"className\":\"completed\",\"id\":%d,\"status\":\"COMPLETED\",\"is_savepoint\":%s,\"trigger_timestamp\":%d,\"checkpoint_type\":\"%s\",\"external_path\":\"file:/%d\"}"
                .formatted(id, type.endsWith("SAVEPOINT"), triggered, type, id);
    }

    private static FlinkMonitoringClient client(FaultyServer server) {
        return FlinkMonitoringClient.builder()
                .endpoint(server.endpoint())
                .pollSettings(
                        PollSettings.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(2)))
                .build();
    }
}
