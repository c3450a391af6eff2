package dev.drey.server.vertices;

import static dev.drey.server.vertices.Graphs.JOB;
import static dev.drey.server.vertices.Graphs.NOWHERE;
import static dev.drey.server.vertices.Graphs.VERTEX;
import static dev.drey.server.vertices.Graphs.attempt;
import static dev.drey.server.vertices.Graphs.subtask;
import static dev.drey.server.vertices.Graphs.taskManager;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.TestServer;
import dev.drey.server.metrics.ClusterMetrics;
import dev.drey.server.metrics.Told;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.ExecutionHistoryBridge;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerticesResourceTest {

    private static final String VERTICES = "/jobs/" + JOB + "/vertices/";
    private static final String PATH = VERTICES + VERTEX;
    private static final JobVertexID UNKNOWN = new JobVertexID(7, 8);

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .dispatcher(
                            dispatcher ->
                                    dispatcher.setRequestExecutionGraphInfoFunction(
                                            VerticesResourceTest::graph))
                    .metrics(
                            ClusterMetrics.of(
                                    new Told()
                                            .ofAttempt(
                                                    0, 0, "backPressuredTimeMsPerSecond", "200")))
                    .start();

    @Test
    void aVertexIsShown() {
        JsonNode details = SERVER.get(PATH).expect(200).json();

        assertThat(details.get("id").textValue()).isEqualTo(VERTEX.toString());
        assertThat(details.get("subtasks")).hasSize(2);
        assertThat(SERVER.get(PATH + "/taskmanagers").expect(200).json().get("taskmanagers"))
                .hasSize(2);
        assertThat(SERVER.get(PATH + "/subtasktimes").expect(200).json().get("subtasks"))
                .hasSize(2);
    }

    @Test
    void theAccumulatorsOfAVertexAreShown() {
        assertThat(SERVER.get(PATH + "/accumulators").expect(200).json().get("user-accumulators"))
                .hasSize(2);
        assertThat(SERVER.get(PATH + "/subtasks/accumulators").expect(200).json().get("subtasks"))
                .hasSize(2);
    }

    @Test
    void backPressureIsShown() {
        JsonNode shown = SERVER.get(PATH + "/backpressure").expect(200).json();

        assertThat(shown.get("status").textValue()).isEqualTo("ok");
        assertThat(shown.get("end-timestamp").longValue()).isPositive();
        assertThat(shown.get("subtasks").get(0).get("ratio").doubleValue()).isEqualTo(0.2);
    }

    @Test
    void backPressureOfWhatIsNotThereIsNotKnown() {
        for (String path :
                new String[] {VERTICES + UNKNOWN, "/jobs/" + UNKNOWN + "/vertices/" + VERTEX}) {
            assertThat(SERVER.get(path + "/backpressure").expect(200).body())
                    .isEqualTo("{\"status\":\"deprecated\"}");
        }
        assertThat(SERVER.get(VERTICES + "xyz/backpressure").refused(400))
                .contains("Parameter 'vertexid'", "xyz");
        assertThat(SERVER.get("/jobs/xyz/vertices/" + VERTEX + "/backpressure").refused(400))
                .contains("Parameter 'jobid'", "xyz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "01", "+1", "%31"})
    void aSubtaskIsShownByItsCurrentAttempt(String index) {
        JsonNode subtask = SERVER.get(PATH + "/subtasks/" + index).expect(200).json();

        assertThat(subtask.get("subtask").intValue()).isEqualTo(1);
        assertThat(subtask.get("attempt").intValue()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anAttemptIsShownBeItCurrentOrPast(int number) {
        String path = PATH + "/subtasks/1/attempts/" + number;

        assertThat(SERVER.get(path).expect(200).json().get("attempt").intValue()).isEqualTo(number);
        assertThat(
                        SERVER.get(path + "/accumulators")
                                .expect(200)
                                .json()
                                .get("user-accumulators")
                                .get(0)
                                .get("value")
                                .textValue())
                .isEqualTo("of attempt " + number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/accumulators",
                "/subtasks/accumulators",
                "/subtasks/0",
                "/subtasks/99",
                "/subtasks/0/attempts/0",
                "/subtasks/0/attempts/0/accumulators",
                "/subtasktimes",
                "/taskmanagers"
            })
    void anUnknownVertexOrJobIs404(String path) {
        assertThat(SERVER.get(VERTICES + UNKNOWN + path).refused(404))
                .isEqualTo("Job " + JOB + " has no vertex " + UNKNOWN);
        assertThat(SERVER.get("/jobs/" + UNKNOWN + "/vertices/" + VERTEX + path).refused(404))
                .contains(UNKNOWN.toString());
        assertThat(SERVER.get(VERTICES + "xyz" + path).refused(400))
                .contains("Parameter 'vertexid'", "xyz");
        assertThat(SERVER.get("/jobs/xyz/vertices/" + VERTEX + path).refused(400))
                .contains("Parameter 'jobid'", "xyz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "99", "2147483647"})
    void anUnknownSubtaskIs404(String index) {
        for (String rest : new String[] {"", "/attempts/0", "/attempts/0/accumulators"}) {
            assertThat(SERVER.get(PATH + "/subtasks/" + index + rest).refused(404))
                    .isEqualTo("Vertex " + VERTEX + " has 2 subtasks, no subtask " + index);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-2147483648", "x", "1.5", "2147483648", "%201"})
    void anIndexThatIsNoneIs400WhateverTheVertex(String index) {
        for (String rest : new String[] {"", "/attempts/0", "/attempts/0/accumulators"}) {
            for (JobVertexID vertex : new JobVertexID[] {VERTEX, UNKNOWN}) {
                assertThat(SERVER.get(VERTICES + vertex + "/subtasks/" + index + rest).refused(400))
                        .startsWith("Parameter 'subtaskindex': ")
                        .contains(index.replace("%20", " "));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "3", "99"})
    void anUnknownAttemptIs404(String number) {
        for (String rest : new String[] {"", "/accumulators"}) {
            assertThat(SERVER.get(PATH + "/subtasks/1/attempts/" + number + rest).refused(404))
                    .isEqualTo("Subtask 1 of vertex " + VERTEX + " has had no attempt " + number);
        }
    }

    @Test
    void anAttemptThatIsForgottenIs404() {
        assertThat(SERVER.get(PATH + "/subtasks/1/attempts/0").refused(404))
                .isEqualTo(
                        "Attempt 0 of subtask 1 of vertex "
                                + VERTEX
                                + " is forgotten (jobmanager.execution.attempts-history-size)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.5", "2147483648"})
    void anAttemptThatIsNoNumberIs400(String number) {
        for (String rest : new String[] {"", "/accumulators"}) {
            assertThat(SERVER.get(PATH + "/subtasks/1/attempts/" + number + rest).refused(400))
                    .startsWith("Parameter 'attempt': expected a whole number ")
                    .contains(number);
        }
    }

    private static CompletableFuture<ExecutionGraphInfo> graph(JobID job) {
        if (!job.equals(JOB)) {
            return CompletableFuture.failedFuture(new FlinkJobNotFoundException(job));
        }
        return CompletableFuture.completedFuture(
                Graphs.graph(
                        subtask(attempt(0, 0, ExecutionState.SCHEDULED, NOWHERE)),
                        subtask(
                                attempt(1, 2, ExecutionState.RUNNING, taskManager("tm")),
                                ExecutionHistoryBridge.of(
                                        1,
                                        attempt(1, 0, ExecutionState.FAILED, NOWHERE),
                                        attempt(1, 1, ExecutionState.FAILED, NOWHERE)))));
    }
}
