package dev.drey.client;

import static dev.drey.client.Futures.assertFailure;
import static dev.drey.client.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drey.client.async.JobGoneException;
import dev.drey.client.async.OperationTimeoutException;
import dev.drey.client.async.PollSettings;
import dev.drey.model.JobId;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jobs.JobStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for what becomes of a job. */
@Timeout(120)
class AwaitedJobsTest {
    private static final JobId JOB = JobId.fromString("0123456789abcdef0123456789abcdef");

    @Test
    void theStateThatTheJobHasIsToldAtOnce() throws Exception {
        try (FaultyServer server = job("RUNNING");
                FlinkMonitoringClient client = client(server)) {
            assertThat(await(client.jobs().awaitStatus(JOB, JobStatus.RUNNING)))
                    .isEqualTo(JobStatus.RUNNING);
            assertThat(server.heads())
                    .singleElement()
                    .asString()
                    .startsWith("GET /v1/jobs/%s/status ".formatted(JOB))
                    .doesNotContain("Prefer");
        }
    }

    @Test
    void aServerThatCanHoldTheAnswerIsToldWhatIsKnown() throws Exception {
        try (FaultyServer server =
                        job("CREATED", "RUNNING", "RESTARTING", "OF_THE_FUTURE", "FAILED");
                FlinkMonitoringClient client = client(server)) {
            assertThat(await(client.jobs().awaitTermination(JOB))).isEqualTo(JobStatus.FAILED);

            List<String> heads = server.heads();
            assertThat(heads.get(1)).contains("/status?not=CREATED ").contains("Prefer: wait=30");
            assertThat(heads.get(2)).contains("/status?not=RUNNING ");
            assertThat(heads.get(4)).contains("/status ");
        }
    }

    @Test
    void aJobThatEndsOtherwiseIsGone() {
        try (FaultyServer server = job("CREATED", "CANCELED");
                FlinkMonitoringClient client = client(server)) {
            assertFailure(client.jobs().awaitStatus(JOB, JobStatus.RUNNING))
                    .isInstanceOfSatisfying(
                            JobGoneException.class, gone -> assertThat(gone.job()).isEqualTo(JOB))
                    .hasMessage("Job %s has ended as CANCELED", JOB);
        }
    }

    @Test
    void aJobThatIsUnknownToDreyIsGone() {
        requireGone(404, "{\"errors\":[\"Job unknown.\"]}");
    }

    @Test
    void aJobThatIsUnknownToStockIsGone() {
        requireGone(
                500,
                "{\"errors\":[\"Internal server error.\",\"<Exception on server side:\\n"
                        + "org.apache.flink.runtime.messages.FlinkJobNotFoundException: Could not\"]}");
    }

    private static void requireGone(int status, String body) {
        try (FaultyServer server =
                        FaultyServer.that(connection -> connection.answerJson(status, body));
                FlinkMonitoringClient client = client(server)) {
            assertFailure(client.jobs().awaitTermination(JOB))
                    .isInstanceOf(JobGoneException.class)
                    .hasMessageContaining("unknown");
        }
    }

    @Test
    void waitingHasADeadline() {
        try (FaultyServer server = FaultyServer.that(connection -> {});
                FlinkMonitoringClient client = client(server)) {
            assertFailure(client.jobs().awaitTermination(JOB, Duration.ofMillis(1)))
                    .isInstanceOf(OperationTimeoutException.class)
                    .hasMessageContaining("Waiting for job " + JOB);
        }
    }

    @Test
    void cancellingItEndsTheQuestion() throws Exception {
        try (FaultyServer server = FaultyServer.that(connection -> {});
                FlinkMonitoringClient client = client(server)) {
            CompletableFuture<JobStatus> ended = client.jobs().awaitTermination(JOB);
            await(server.requested());
            ended.cancel(true);
            await(server.disconnected());
        }
    }

    @Test
    void whatCannotComeIsNotWaitedFor() {
        try (FlinkMonitoringClient client =
                FlinkMonitoringClient.builder().endpoint("http://127.0.0.1:1").build()) {
            assertThatIllegalArgumentException().isThrownBy(() -> client.jobs().awaitStatus(JOB));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.jobs().awaitStatus(JOB, JobStatus.UNKNOWN));
        }
    }

    @Test
    void aJarIsUploadedAndRunUntilItsJobRuns(@TempDir Path folder) throws Exception {
        Path jar = Files.writeString(folder.resolve("a.jar"), "content");
        try (FaultyServer server =
                        FaultyServer.thatIsKnownAnd(
                                connection -> {
                                    String line = connection.head().lines().findFirst().orElse("");
                                    if (line.contains("/upload")) {
                                        connection.answerJson(
                                                200,
                                                "{\"filename\":\"/x/1_a.jar\",\"status\":\"success\"}");
                                    } else if (line.contains("/run")) {
                                        connection.answerJson(
                                                200, "{\"jobid\":\"%s\"}".formatted(JOB));
                                    } else {
                                        connection.answerJson(200, "{\"status\":\"RUNNING\"}");
                                    }
                                });
                FlinkMonitoringClient client = client(server)) {
            assertThat(await(client.jars().runJar(jar, JarRunRequestBody.builder().build())))
                    .isEqualTo(JOB);
            assertThat(server.headsOfCalls())
                    .extracting(head -> head.substring(0, head.indexOf(" HTTP")))
                    .containsExactly(
                            "POST /v1/jars/upload",
                            "POST /v1/jars/1_a.jar/run",
                            "GET /v1/jobs/%s/status".formatted(JOB));
        }
    }

    /** Is in one state after another. */
    private static FaultyServer job(String... states) {
        Deque<String> left = new ArrayDeque<>(List.of(states));
        return FaultyServer.that(
                connection ->
                        connection.answerJson(200, "{\"status\":\"%s\"}".formatted(left.remove())));
    }

    private static FlinkMonitoringClient client(FaultyServer server) {
        return FlinkMonitoringClient.builder()
                .endpoint(server.endpoint())
                .pollSettings(
                        PollSettings.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(2)))
                .build();
    }
}
