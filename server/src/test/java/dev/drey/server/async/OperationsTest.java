package dev.drey.server.async;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.TestServer;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.dispatcher.UnknownOperationKeyException;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.rest.handler.async.OperationResult;
import org.apache.flink.runtime.rest.handler.job.AsynchronousJobOperationKey;
import org.apache.flink.runtime.rest.messages.TriggerId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsTest {

    private static final String JOB = "0123456789abcdef0123456789abcdef";
    private static final String OTHER_JOB = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String ID = "fedcba9876543210fedcba9876543210";
    private static final String KEY = "Idempotency-Key: once-only";
    private static final int AT_ONCE = 20;

    private final List<AsynchronousJobOperationKey> savepoints = new CopyOnWriteArrayList<>();
    private final List<AsynchronousJobOperationKey> stops = new CopyOnWriteArrayList<>();
    private final List<AsynchronousJobOperationKey> checkpoints = new CopyOnWriteArrayList<>();
    private final List<String> cancelled = new CopyOnWriteArrayList<>();
    private final AtomicInteger statusAsked = new AtomicInteger();
    private final AtomicBoolean leaderAway = new AtomicBoolean();
    private final ConcurrentMap<AsynchronousJobOperationKey, OperationResult<String>> results =
            new ConcurrentHashMap<>();

    private TestServer server;

    @BeforeEach
    void start() {
        server =
                TestServer.cluster()
                        .set(CheckpointingOptions.SAVEPOINT_DIRECTORY, "file:///configured")
                        .dispatcher(
                                dispatcher -> {
                                    dispatcher.setTriggerSavepointFunction(
                                            (key, directory, format) -> taken(savepoints, key));
                                    dispatcher.setStopWithSavepointFunction(
                                            (key, directory, format) -> taken(stops, key));
                                    dispatcher.setTriggerCheckpointFunction(
                                            (key, type) -> taken(checkpoints, key));
                                    dispatcher.setGetSavepointStatusFunction(this::status);
                                    dispatcher.setCancelJobFunction(
                                            job -> {
                                                cancelled.add(job.toHexString());
                                                return job.toHexString().equals(JOB)
                                                        ? acknowledged()
                                                        : CompletableFuture.failedFuture(
                                                                new FlinkJobNotFoundException(job));
                                            });
                                    return dispatcher;
                                })
                        .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTriggerSaysWhereItsStatusIs() {
        TestServer.Answer answer = trigger("{\"triggerId\":\"%s\"}".formatted(ID)).expect(202);

        assertThat(answer.header("Location"))
                .isEqualTo(
                        server.uri()
                                .resolve("/jobs/%s/savepoints/%s".formatted(JOB, ID))
                                .toString());
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jobs/%2$s/savepoints/%1$s", "/operations/%1$s"})
    void theStatusIsHeldUntilTheOperationHasEnded(String path) {
        trigger("{\"triggerId\":\"%s\"}".formatted(ID)).expect(202);
        AsynchronousJobOperationKey key = savepoints.get(0);

        try (TestServer.Connection client = server.connect()) {
            client.send(server.request("GET", path.formatted(ID, JOB), null, "Prefer: wait=60"));
            assertThat(server.get(path.formatted(ID, JOB), "Prefer: wait=1").expect(200).body())
                    .contains("IN_PROGRESS");
            results.put(key, OperationResult.success("file:///a"));

            TestServer.Answer answer = client.read().expect(200);
            assertThat(answer.body()).contains("COMPLETED");
            assertThat(answer.header("Preference-Applied")).isEqualTo("wait=60");
        }
    }

    @Test
    void anOperationThatWasTriggeredElsewhereIsWaitedForAsWell() {
        AsynchronousJobOperationKey key =
                AsynchronousJobOperationKey.of(
                        TriggerId.fromHexString(ID), JobID.fromHexString(JOB));
        results.put(key, OperationResult.inProgress());

        try (TestServer.Connection client = server.connect()) {
            client.send(
                    server.request(
                            "GET",
                            "/jobs/%s/savepoints/%s".formatted(JOB, ID),
                            null,
                            "Prefer: wait=60"));
            TestServer.await("it is looked at again", () -> statusAsked.get() > 1);
            results.put(key, OperationResult.success("file:///a"));

            assertThat(client.read().expect(200).body()).contains("file:///a");
        }
    }

    @Test
    void anUnknownOperationIsNotWaitedFor() {
        assertThat(
                        server.get("/jobs/%s/savepoints/%s".formatted(JOB, ID), "Prefer: wait=60")
                                .refused(404))
                .contains(ID);
        server.get("/operations/" + ID, "Prefer: wait=60").refused(404);
    }

    @Test
    void aRepeatedTriggerIdStartsNothing() {
        String body = "{\"triggerId\":\"%s\"}".formatted(ID);
        String first = trigger(body).expect(202).body();

        assertThat(trigger(body).expect(202).body()).isEqualTo(first);
        assertThat(
                        trigger("{ \"triggerId\" : \"%s\", \"unknown\": 1}".formatted(ID))
                                .expect(202)
                                .body())
                .as("the same in other bytes")
                .isEqualTo(first);
        assertThat(savepoints).hasSize(1);
    }

    @Test
    void aTriggerIdThatMeansSomethingElseIsRefused() {
        trigger("{\"triggerId\":\"%s\"}".formatted(ID)).expect(202);

        assertThat(trigger("{\"triggerId\":\"%s\",\"cancel-job\":true}".formatted(ID)).refused(422))
                .contains(ID, "SAVEPOINT");
        assertThat(
                        server.send(
                                        "POST",
                                        "/jobs/%s/stop".formatted(JOB),
                                        "{\"triggerId\":\"%s\"}".formatted(ID))
                                .refused(422))
                .contains(ID, "SAVEPOINT");
        assertThat(stops).isEmpty();
    }

    @Test
    void flinkKeepsApartWhatSharesATriggerId() {
        String body = "{\"triggerId\":\"%s\"}".formatted(ID);
        trigger(body).expect(202);

        server.send("POST", "/jobs/%s/savepoints".formatted(OTHER_JOB), body).expect(202);
        server.send("POST", "/jobs/%s/checkpoints".formatted(JOB), body).expect(202);

        assertThat(savepoints).hasSize(2);
        assertThat(checkpoints).hasSize(1);
    }

    @Test
    void aKeyStartsOneOperationHoweverManyAskAtOnce() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(
                        CompletableFuture.supplyAsync(
                                () -> trigger("{}", KEY).expect(202).body(), clients));
            }
            Set<String> different =
                    answers.stream().map(CompletableFuture::join).collect(Collectors.toSet());

            assertThat(different).hasSize(1);
            assertThat(savepoints).hasSize(1);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void aKeyOfASavepointDoesNotSwallowAStop() {
        String savepoint = requestId(trigger("{}", KEY).expect(202));
        String stop =
                requestId(
                        server.send("POST", "/jobs/%s/stop".formatted(JOB), "{}", KEY).expect(202));

        assertThat(stop).isNotEqualTo(savepoint);
        assertThat(savepoints.get(0).getTriggerId()).hasToString(savepoint);
        assertThat(stops.get(0).getTriggerId()).hasToString(stop);
    }

    @Test
    void aKeyForAnotherBodyIsRefused() {
        trigger("{}", KEY).expect(202);

        assertThat(trigger("{\"formatType\":\"NATIVE\"}", KEY).refused(422))
                .contains("Idempotency-Key 'once-only'");
        assertThat(savepoints).hasSize(1);
    }

    @Test
    void aKeyAndATriggerIdAreBothHeldTo() {
        String body = "{\"triggerId\":\"%s\"}";
        trigger(body.formatted(ID), KEY).expect(202);
        trigger(body.formatted(ID), KEY).expect(202);
        trigger(body.formatted(ID)).expect(202);

        trigger(body.formatted(JOB), KEY).refused(422);
        assertThat(savepoints).hasSize(1);
    }

    @Test
    void withoutAKeyEveryTriggerIsANewOne() {
        assertThat(requestId(trigger("{}").expect(202)))
                .isNotEqualTo(requestId(trigger("{}").expect(202)));
        assertThat(savepoints).hasSize(2);
    }

    @Test
    void aKeyedWriteIsDoneOnce() {
        String path = "/jobs/%s?mode=cancel".formatted(JOB);
        server.send("PATCH", path, null, KEY).expect(202);
        server.send("PATCH", path, "{}", "Idempotency-Key: \"once-only\"").expect(202);

        assertThat(cancelled).containsExactly(JOB);
        assertThat(server.send("PATCH", "/jobs/" + JOB, null, KEY).refused(422))
                .as("without the query")
                .contains("PATCH /jobs/{jobid}");

        server.send("PATCH", path, null).expect(202);
        assertThat(cancelled).hasSize(2);
    }

    @Test
    void aRefusalIsRepeatedToo() {
        String first = server.send("PATCH", "/jobs/" + OTHER_JOB, null, KEY).refused(404);

        assertThat(server.send("PATCH", "/jobs/" + OTHER_JOB, null, KEY).refused(404))
                .isEqualTo(first);
        assertThat(cancelled).hasSize(1);
    }

    @Test
    void whatNoLeaderHeardOfCanBeAskedForAgain() {
        leaderAway.set(true);
        trigger("{}", KEY).refused(503);
        leaderAway.set(false);

        trigger("{}", KEY).expect(202);

        assertThat(savepoints).hasSize(1);
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        assertThat(trigger("{}", "Idempotency-Key: " + "x".repeat(256)).refused(400))
                .contains("Idempotency-Key");
        assertThat(server.send("PATCH", "/jobs/" + JOB, null, "Idempotency-Key: a b").refused(400))
                .contains("Idempotency-Key");
        assertThat(savepoints).isEmpty();
        assertThat(cancelled).isEmpty();
    }

    @Test
    void anOutcomeOutlivesTheLeaderThatKeptIt() {
        String id = requestId(trigger("{}").expect(202));
        results.put(savepoints.get(0), OperationResult.success("file:///there"));
        awaitEnd(id);
        results.clear();
        leaderAway.set(true);

        JsonNode status =
                server.get("/jobs/%s/savepoints/%s".formatted(JOB, id)).expect(200).json();

        assertThat(status.get("operation").get("location").textValue()).isEqualTo("file:///there");
    }

    @Test
    void anOperationThatNobodyKnowsAnyMoreHasEndedUnknown() {
        String id = requestId(trigger("{}").expect(202));
        results.clear();
        awaitEnd(id);

        JsonNode cause =
                server.get("/jobs/%s/savepoints/%s".formatted(JOB, id))
                        .expect(200)
                        .json()
                        .get("operation")
                        .get("failure-cause");

        assertThat(cause.get("stack-trace").textValue())
                .contains("outcome of the savepoint operation " + id, "unknown");
    }

    @Test
    void aSavepointThatNobodyKnowsAnyMoreIsFoundWhereItWasWritten(@TempDir Path folder)
            throws IOException {
        String id =
                requestId(
                        trigger("{\"target-directory\": \"%s\"}".formatted(folder.toUri()))
                                .expect(202));
        Path savepoint =
                Files.createDirectory(
                        folder.resolve("savepoint-%s-1".formatted(JOB.toString().substring(0, 6))));
        Path metadata = Files.createFile(savepoint.resolve("_metadata"));
        // The clock of files runs some milliseconds behind.
        Files.setLastModifiedTime(metadata, FileTime.from(Instant.now().plusSeconds(1)));
        results.clear();

        JsonNode status =
                server.get("/jobs/%s/savepoints/%s".formatted(JOB, id)).expect(200).json();

        assertThat(status.at("/status/id").textValue()).isEqualTo("COMPLETED");
        assertThat(status.at("/operation/location").textValue()).isEqualTo("file:" + savepoint);
    }

    @Test
    void operationsAreListed() {
        String savepoint =
                requestId(trigger("{\"target-directory\":\"file:///here\"}").expect(202));
        results.put(savepoints.get(0), OperationResult.failure(new IOException("disk full")));
        awaitEnd(savepoint);
        server.send("PATCH", "/jobs/" + JOB, null, KEY).expect(202);
        server.send("POST", "/jobs/%s/savepoints".formatted(JOB), "{\"formatType\":\"nope\"}")
                .refused(400);

        JsonNode all = server.get("/operations").expect(200).json().get("operations");

        assertThat(all).hasSize(1);
        assertThat(all.get(0)).isEqualTo(server.get("/operations/" + savepoint).expect(200).json());
        assertThat(all.get(0).get("kind").textValue()).isEqualTo("SAVEPOINT");
        assertThat(all.get(0).get("job-id").textValue()).isEqualTo(JOB);
        assertThat(all.get(0).get("target").textValue()).isEqualTo("file:///here");
        assertThat(all.get(0).get("status-path").textValue())
                .isEqualTo("/jobs/%s/savepoints/%s".formatted(JOB, savepoint));
        assertThat(all.get(0).get("triggered").longValue()).isPositive();
        assertThat(server.get("/operations/" + ID).refused(404)).contains(ID);
    }

    private TestServer.Answer trigger(String body, String... headers) {
        return server.send("POST", "/jobs/%s/savepoints".formatted(JOB), body, headers);
    }

    private static String requestId(TestServer.Answer answer) {
        return answer.json().get("request-id").textValue();
    }

    /** The endpoint asks by itself. */
    private void awaitEnd(String id) {
        TestServer.await(
                "the end of operation " + id,
                () ->
                        server.get("/operations/" + id)
                                .expect(200)
                                .json()
                                .get("status")
                                .get("id")
                                .textValue()
                                .equals("COMPLETED"));
    }

    private CompletableFuture<Acknowledge> taken(
            List<AsynchronousJobOperationKey> operations, AsynchronousJobOperationKey key) {
        if (leaderAway.get()) {
            return CompletableFuture.failedFuture(new ServiceUnavailableException("No leader"));
        }
        operations.add(key);
        results.put(key, OperationResult.inProgress());
        return acknowledged();
    }

    private CompletableFuture<OperationResult<String>> status(AsynchronousJobOperationKey key) {
        OperationResult<String> result = results.get(key);
        statusAsked.incrementAndGet();
        return result == null
                ? CompletableFuture.failedFuture(new UnknownOperationKeyException(key))
                : CompletableFuture.completedFuture(result);
    }

    private static CompletableFuture<Acknowledge> acknowledged() {
        return CompletableFuture.completedFuture(Acknowledge.get());
    }
}
