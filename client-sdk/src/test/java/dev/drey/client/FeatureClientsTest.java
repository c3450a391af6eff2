package dev.drey.client;

import static dev.drey.client.Futures.assertFailure;
import static dev.drey.client.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.async.OperationFailedException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.model.ApplicationId;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.JarId;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.ResourceId;
import dev.drey.model.TriggerId;
import dev.drey.model.checkpoints.CheckpointConfigInfo.ProcessingMode;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.checkpoints.SubtaskCheckpointStatistics.SubtaskStatus;
import dev.drey.model.checkpoints.TaskCheckpointStatisticsWithSubtaskDetails;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jobmanager.ConfigurationInfoEntry;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.taskmanagers.TaskManagerDetailsInfo;
import dev.drey.model.taskmanagers.TaskManagerMetricsInfo.GarbageCollectorInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each method asks for, and that it reads what Flink answers. */
class FeatureClientsTest {
    private static final JobId JOB = JobId.fromString("9d9ef62cf4bec2734c6b46510d7915ff");
    private static final ApplicationId APPLICATION = new ApplicationId(JOB.value());
    private static final JobVertexId VERTEX =
            JobVertexId.fromString("b2661969db4854994bd07b8fac9e10cc");
    private static final TriggerId TRIGGER =
            TriggerId.fromString("8b75eb024a970e497166138f4e876129");
    private static final JarId JAR = JarId.fromString("id_a job%2F+\u00e9.jar");

    private final List<String> bodies = new CopyOnWriteArrayList<>();

    /** A request of the SDK. */
    @FunctionalInterface
    private interface Call<T> {
        T of(FlinkMonitoringClient client) throws Exception;
    }

    @Test
    void cluster() throws Exception {
        assertThat(
                        ask("GET /v1/overview", "overview", c -> await(c.cluster().overview()))
                                .version())
                .isEqualTo("2.3.0");
        assertThat(
                        ask("GET /v1/config", "config", c -> await(c.cluster().configuration()))
                                .features()
                                .webSubmit())
                .isTrue();
    }

    @Test
    void jobs() throws Exception {
        String job = "/v1/jobs/" + JOB;
        assertThat(ask("GET /v1/jobs", "jobs", c -> await(c.jobs().list())).jobs())
                .hasSize(2)
                .anyMatch(entry -> entry.id().equals(JOB) && entry.status() == JobStatus.CANCELED);
        assertThat(
                        ask(
                                        "GET /v1/jobs/overview",
                                        "jobs-overview",
                                        c -> await(c.jobs().overview()))
                                .jobs())
                .isNotEmpty()
                .allMatch(entry -> entry.tasks().total() > 0);
        assertThat(
                        ask("GET " + job, "job-details", c -> await(c.jobs().details(JOB)))
                                .jobVertexInfos())
                .hasSize(2);
        assertThat(
                        ask(
                                        "GET " + job + "/status",
                                        "job-status",
                                        c -> await(c.jobs().status(JOB)))
                                .status())
                .isNotNull();
        assertThat(
                        ask("GET " + job + "/plan", "job-plan", c -> await(c.jobs().plan(JOB)))
                                .plan()
                                .nodes())
                .isNotEmpty();
        assertThat(
                        ask(
                                        "GET " + job + "/config",
                                        "job-config",
                                        c -> await(c.jobs().configuration(JOB)))
                                .executionConfigInfo()
                                .globalJobParameters())
                .containsEntry("contract.password", "******");
        EmptyResponseBody cancelled =
                ask("PATCH " + job + "?mode=cancel", "empty", c -> await(c.jobs().cancel(JOB)));
        assertThat(cancelled).isNotNull();
    }

    @Test
    void checkpoints() throws Exception {
        assertThat(
                        ask(
                                        "GET /v1/jobs/" + JOB + "/checkpoints",
                                        "checkpoints",
                                        c -> await(c.checkpoints().statistics(JOB)))
                                .counts()
                                .completed())
                .isEqualTo(113);
        assertThat(
                        ask(
                                        "GET /v1/jobs/" + JOB + "/checkpoints/config",
                                        "checkpoints-config",
                                        c -> await(c.checkpoints().configuration(JOB)))
                                .processingMode())
                .isEqualTo(ProcessingMode.AT_LEAST_ONCE);
    }

    @Test
    void oneCheckpoint() throws Exception {
        String checkpoint = "GET /v1/jobs/" + JOB + "/checkpoints/details/110";
        CheckpointStatistics details =
                ask(checkpoint, "checkpoint", c -> await(c.checkpoints().details(JOB, 110)));
        assertThat(details)
                .isInstanceOfSatisfying(
                        CheckpointStatistics.Completed.class,
                        completed -> {
                            assertThat(completed.discarded()).isTrue();
                            assertThat(completed.checkpointStatisticsPerTask()).containsKey(VERTEX);
                        });
        TaskCheckpointStatisticsWithSubtaskDetails task =
                ask(
                        checkpoint + "/subtasks/" + VERTEX,
                        "checkpoint-subtasks",
                        c -> await(c.checkpoints().subtasks(JOB, 110, VERTEX)));
        assertThat(task.task().numAckSubtasks()).isEqualTo(2);
        assertThat(task.summary().checkpointDuration().asynchronous().maximum()).isEqualTo(2);
        assertThat(task.subtasks())
                .hasSize(2)
                .allMatch(subtask -> subtask.status() == SubtaskStatus.COMPLETED);
    }

    @Test
    void aTriggeredCheckpoint() throws Exception {
        String operation = "GET /v1/jobs/" + JOB + "/checkpoints/" + TRIGGER;
        assertThat(
                        ask(
                                        operation,
                                        "checkpoint-completed",
                                        c -> await(c.checkpoints().resume(JOB, TRIGGER).result()))
                                .checkpointId())
                .isEqualTo(5);
        ask(
                operation,
                "checkpoint-failed",
                c ->
                        assertFailure(c.checkpoints().resume(JOB, TRIGGER).result())
                                .isInstanceOfSatisfying(
                                        OperationFailedException.class,
                                        failure ->
                                                assertThat(failure.stackTraceText())
                                                        .contains("Could not find Flink job")));
    }

    @Test
    void applications() throws Exception {
        assertThat(
                        ask(
                                        "GET /v1/applications/overview",
                                        "applications",
                                        c -> await(c.applications().overview()))
                                .applications())
                .isNotEmpty()
                .allMatch(application -> !application.jobs().isEmpty());
        assertThat(
                        ask(
                                        "GET /v1/applications/" + APPLICATION,
                                        "application",
                                        c -> await(c.applications().details(APPLICATION)))
                                .jobs())
                .isNotEmpty();
    }

    @Test
    void whatFailedInAnApplication() throws Exception {
        assertThat(
                        ask(
                                        "GET /v1/applications/" + APPLICATION + "/exceptions",
                                        "application-exceptions",
                                        c -> await(c.applications().exceptions(APPLICATION)))
                                .exceptionHistory()
                                .entries())
                .singleElement()
                .matches(failure -> failure.exceptionName().endsWith(".JobException"));
    }

    @Test
    void jobManager() throws Exception {
        String job = "GET /v1/jobs/" + JOB + "/jobmanager";
        ConfigurationInfoEntry option =
                new ConfigurationInfoEntry("web.adaptive-scheduler.rescale-history.size", "20");
        assertThat(
                        ask(
                                        "GET /v1/jobmanager/config",
                                        "jobmanager-config",
                                        c -> await(c.jobManager().configuration()))
                                .entries())
                .contains(option);
        assertThat(
                        ask(
                                        job + "/config",
                                        "jobmanager-config",
                                        c -> await(c.jobManager().configuration(JOB)))
                                .entries())
                .contains(option);
        assertThat(
                        ask(
                                        "GET /v1/applications/"
                                                + APPLICATION
                                                + "/jobmanager/config",
                                        "jobmanager-config",
                                        c -> await(c.jobManager().configuration(APPLICATION)))
                                .entries())
                .contains(option);
        assertThat(
                        ask(
                                        "GET /v1/jobmanager/environment",
                                        "jobmanager-environment",
                                        c -> await(c.jobManager().environment()))
                                .jvm()
                                .options())
                .contains("-Xmx256m");
        assertThat(
                        ask(
                                        job + "/environment",
                                        "jobmanager-environment",
                                        c -> await(c.jobManager().environment(JOB)))
                                .classPath())
                .hasSize(2);
    }

    @Test
    void dataSets() throws Exception {
        assertThat(ask("GET /v1/datasets", "datasets", c -> await(c.dataSets().list())).dataSets())
                .isEmpty();
    }

    @Test
    void oneTaskManager() throws Exception {
        TaskManagerDetailsInfo taskManager =
                ask(
                        "GET /v1/taskmanagers/a%2Fb%3A1",
                        "taskmanager",
                        c -> await(c.taskManagers().details(ResourceId.fromString("a/b:1"))));
        assertThat(taskManager.taskManager().resourceId()).isEqualTo(ResourceId.fromString("tm-1"));
        assertThat(taskManager.allocatedSlots()).hasSize(2);
        assertThat(taskManager.metrics().garbageCollectors())
                .contains(new GarbageCollectorInfo("All", 5, 291));
    }

    @Test
    void taskManagers() throws Exception {
        assertThat(
                        ask(
                                        "GET /v1/taskmanagers",
                                        "taskmanagers",
                                        c -> await(c.taskManagers().list()))
                                .taskManagerInfos())
                .isNotEmpty();
    }

    @Test
    void jars(@TempDir Path folder) throws Exception {
        String jar = "/v1/jars/id_a%20job%252F%2B%C3%A9.jar";
        assertThat(ask("GET /v1/jars", "jars", c -> await(c.jars().list())).jarFileList())
                .isNotEmpty();
        assertThat(
                        ask(
                                        "POST " + jar + "/run",
                                        "jar-run",
                                        c ->
                                                await(
                                                        c.jars()
                                                                .run(
                                                                        JAR,
                                                                        JarRunRequestBody.builder()
                                                                                .parallelism(2)
                                                                                .build())))
                                .jobId())
                .isNotNull();
        assertThat(bodies).last().isEqualTo("{\"parallelism\":2}");
        EmptyResponseBody deleted = ask("DELETE " + jar, "empty", c -> await(c.jars().delete(JAR)));
        assertThat(deleted).isNotNull();
        Path file = Files.writeString(folder.resolve("Stra\u00dfe.jar"), "content");
        assertThat(
                        ask("POST /v1/jars/upload", "jar-upload", c -> await(c.jars().upload(file)))
                                .jarId()
                                .value())
                .endsWith("other-field-name.jar");
        assertThat(bodies)
                .last()
                .asString()
                .contains("filename=\"Stra\u00dfe.jar\"", "\r\n\r\ncontent\r\n--");
    }

    @Test
    void anEmptyFileIsUploadedToo(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("empty.jar"));
        ask("POST /v1/jars/upload", "jar-upload", c -> await(c.jars().upload(file)));
        assertThat(bodies).last().asString().contains("\r\n\r\n\r\n--");
    }

    @Test
    void refusals() {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection ->
                                        connection.answerJson(
                                                404, Fixtures.text("error-not-found")));
                FlinkMonitoringClient client =
                        FlinkMonitoringClient.builder().endpoint(server.endpoint()).build()) {
            assertFailure(client.jobs().details(JOB)).isInstanceOf(FlinkRestException.class);
        }
    }

    private <T> T ask(String request, String answer, Call<T> call) throws Exception {
        String body = answer.equals("empty") ? "{}" : Fixtures.text(answer);
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    bodies.add(connection.readBody());
                                    connection.answer(200, "application/json; charset=UTF-8", body);
                                });
                FlinkMonitoringClient client =
                        FlinkMonitoringClient.builder().endpoint(server.endpoint()).build()) {
            T result = call.of(client);
            assertThat(server.heads())
                    .singleElement()
                    .asString()
                    .startsWith(request + " HTTP/1.1\r\n");
            return result;
        }
    }
}
