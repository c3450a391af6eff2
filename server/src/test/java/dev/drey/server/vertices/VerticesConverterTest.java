package dev.drey.server.vertices;

import static dev.drey.server.vertices.Graphs.JOB;
import static dev.drey.server.vertices.Graphs.NOWHERE;
import static dev.drey.server.vertices.Graphs.VERTEX;
import static dev.drey.server.vertices.Graphs.attempt;
import static dev.drey.server.vertices.Graphs.graph;
import static dev.drey.server.vertices.Graphs.speculative;
import static dev.drey.server.vertices.Graphs.subtask;
import static dev.drey.server.vertices.Graphs.taskManager;
import static dev.drey.server.vertices.Graphs.vertex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import jakarta.ws.rs.NotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionVertex;
import org.apache.flink.runtime.executiongraph.ExecutionHistoryBridge;
import org.apache.flink.runtime.executiongraph.IOMetrics;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.runtime.metrics.dump.MetricDump;
import org.apache.flink.runtime.metrics.dump.QueryScopeInfo;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.rest.messages.ResponseBody;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.taskmanager.TaskManagerLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All that is shown of vertices, against all that Flink shows of them. */
class VerticesConverterTest {

    private static final TaskManagerLocation HERE = taskManager("tm-here");
    private static final TaskManagerLocation THERE = taskManager("tm-there-1");
    private static final IOMetrics IO = new IOMetrics(10, 20, 30, 40, 50, 60.5, 70);
    private static final IOMetrics IO_WITHOUT_BUSY_TIME =
            new IOMetrics(1, 2, 3, 4, 5, Double.NaN, 7);

    @ParameterizedTest
    @EnumSource(ExecutionState.class)
    void aVertexInAnyStateIsShown(ExecutionState state) {
        JsonNode details =
                assertSameAsFlink(
                        graph(
                                subtask(attempt(0, 0, state, HERE, IO)),
                                subtask(attempt(1, 3, state, THERE))));

        assertThat(details.get("subtasks"))
                .extracting(subtask -> subtask.get("status").textValue())
                .containsExactly(state.name(), state.name());
    }

    @ParameterizedTest
    @EnumSource(ExecutionState.class)
    void aVertexWhoseSubtasksDifferIsShown(ExecutionState state) {
        assertSameAsFlink(
                graph(
                        subtask(attempt(0, 0, ExecutionState.FINISHED, HERE, IO)),
                        subtask(attempt(1, 0, state, HERE)),
                        subtask(attempt(2, 0, ExecutionState.FINISHED, THERE, IO)),
                        subtask(attempt(3, 0, ExecutionState.FINISHED, THERE)),
                        subtask(attempt(4, 0, ExecutionState.FAILED, taskManager("tm-3"), IO)),
                        subtask(attempt(5, 0, state, taskManager("tm-3"), IO))));
    }

    @ParameterizedTest
    @EnumSource(ExecutionState.class)
    void attemptsThatHaveNoTaskManagerAreShown(ExecutionState state) {
        ExecutionGraphInfo graph =
                graph(
                        subtask(attempt(0, 0, state, NOWHERE)),
                        subtask(attempt(1, 0, ExecutionState.RUNNING, HERE)));

        assertThat(assertSameAsFlink(graph).get("subtasks").get(0).get("taskmanager-id"))
                .isEqualTo(JsonTrees.of("\"(unassigned)\""));
        assertThat(
                        JsonTrees.ofDrey(
                                        VertexTaskManagersConverter.taskManagers(
                                                graph, VERTEX, new MetricStore()))
                                .get("taskmanagers"))
                .extracting(taskManager -> taskManager.get("endpoint").textValue())
                .contains("(unassigned)")
                .hasSize(2);
    }

    @Test
    void anAttemptThatWasCanceledBeforeItsDeploymentHasEndedAndNotStarted() {
        long[] starts = new long[ExecutionState.values().length];
        starts[0] = 1_000;
        starts[6] = 2_000;
        JsonNode subtask =
                assertSameAsFlink(
                                graph(
                                        subtask(
                                                attempt(
                                                        0,
                                                        0,
                                                        ExecutionState.CANCELED,
                                                        NOWHERE,
                                                        null,
                                                        starts,
                                                        new long[starts.length]))))
                        .get("subtasks")
                        .get(0);

        assertThat(subtask.get("start-time").longValue()).isEqualTo(-1);
        assertThat(subtask.get("start_time").longValue()).isEqualTo(-1);
        assertThat(subtask.get("end-time").longValue()).isEqualTo(2_000);
        assertThat(subtask.get("duration").longValue()).isEqualTo(-1);
        assertThat(subtask.get("status-duration").get("CREATED").longValue()).isEqualTo(-1);
    }

    @Test
    void aVertexThatWaitsForResourcesHasNoSubtasks() {
        JsonNode details = assertSameAsFlink(graph(vertex(VERTEX)));

        assertThat(details.get("subtasks")).isEmpty();
        assertThat(details.get("aggregated").get("metrics").get("read-bytes"))
                .isEqualTo(
                        JsonTrees.of(
                                "{\"min\":0,\"max\":0,\"avg\":0,\"sum\":0,"
                                        + "\"median\":0,\"p25\":0,\"p75\":0,\"p95\":0}"));
    }

    @Test
    void attemptsOfTheSameSubtaskAtTheSameTimeAreShown() {
        JsonNode subtasks =
                assertSameAsFlink(
                                graph(
                                        speculative(
                                                attempt(0, 1, ExecutionState.RUNNING, HERE),
                                                attempt(0, 0, ExecutionState.RUNNING, THERE),
                                                attempt(0, 2, ExecutionState.DEPLOYING, HERE)),
                                        speculative(
                                                attempt(1, 0, ExecutionState.FINISHED, THERE, IO),
                                                attempt(1, 1, ExecutionState.CANCELED, HERE, IO)),
                                        speculative(
                                                attempt(2, 0, ExecutionState.FINISHED, HERE, IO),
                                                attempt(
                                                        2,
                                                        1,
                                                        ExecutionState.FAILED,
                                                        taskManager("tm-3"),
                                                        IO)),
                                        subtask(attempt(3, 0, ExecutionState.FINISHED, HERE, IO))))
                        .get("subtasks");

        assertThat(subtasks.get(0).get("other-concurrent-attempts"))
                .extracting(other -> other.get("attempt").intValue())
                .containsExactly(0, 2);
        assertThat(subtasks.get(3).has("other-concurrent-attempts")).isFalse();
    }

    @Test
    void attemptsOfThePastAreShown() {
        ExecutionGraphInfo graph =
                graph(
                        subtask(
                                attempt(0, 3, ExecutionState.RUNNING, HERE),
                                ExecutionHistoryBridge.of(
                                        2,
                                        attempt(0, 0, ExecutionState.FAILED, HERE, IO),
                                        attempt(0, 1, ExecutionState.FAILED, THERE, IO),
                                        attempt(0, 2, ExecutionState.CANCELED, NOWHERE))));

        assertSameAsFlink(graph);
    }

    @Test
    void anAttemptOfThePastIsFoundUntilItIsForgotten() {
        ExecutionGraphInfo graph =
                graph(
                        subtask(
                                attempt(0, 2, ExecutionState.RUNNING, HERE),
                                ExecutionHistoryBridge.of(
                                        1,
                                        attempt(0, 0, ExecutionState.FAILED, HERE, IO),
                                        attempt(0, 1, ExecutionState.FAILED, THERE, IO))));

        assertThat(GraphLookup.attempt(graph, VERTEX, 0, 1).getAssignedResourceLocation())
                .isEqualTo(THERE);
        assertThatThrownBy(() -> GraphLookup.attempt(graph, VERTEX, 0, 0))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Attempt 0 of subtask 0")
                .hasMessageContaining("jobmanager.execution.attempts-history-size");
    }

    /** The archive has the same answers without what running attempts report. */
    @Test
    void theArchiveOfAnEndedJobShowsTheSame() {
        ExecutionGraphInfo graph =
                graph(
                        subtask(
                                attempt(0, 1, ExecutionState.FINISHED, HERE, IO),
                                ExecutionHistoryBridge.of(
                                        1, attempt(0, 0, ExecutionState.FAILED, THERE, IO))),
                        speculative(
                                attempt(1, 0, ExecutionState.FINISHED, THERE, IO),
                                attempt(1, 1, ExecutionState.CANCELED, HERE)));
        Map<String, JsonNode> archive =
                new VerticesOracle(graph.getArchivedExecutionGraph(), new MetricStore()).archive();
        AccessExecutionJobVertex vertex = GraphLookup.vertex(graph, VERTEX);
        LongFunction<AttemptConverter> attempts =
                now -> new AttemptConverter(JOB, VERTEX, null, now);
        String path = "/jobs/" + JOB + "/vertices/" + VERTEX;

        JsonNode details = archive.get(path);
        JsonNode taskManagers = archive.get(path + "/taskmanagers");
        assertThat(
                        JsonTrees.ofDrey(
                                VertexDetailsConverter.details(
                                        vertex, attempts.apply(details.get("now").longValue()))))
                .isEqualTo(details);
        assertThat(
                        JsonTrees.ofDrey(
                                VertexTaskManagersConverter.taskManagers(
                                        vertex,
                                        attempts.apply(taskManagers.get("now").longValue()))))
                .isEqualTo(taskManagers);
        assertThat(
                        JsonTrees.ofDrey(
                                attempts.apply(0).info(GraphLookup.attempt(graph, VERTEX, 0, 0))))
                .isEqualTo(archive.get(path + "/subtasks/0/attempts/0"));
    }

    @Test
    void whatRunningAttemptsReportIsShownAsFarAsItIsThere() {
        MetricStore store = new MetricStore();
        report(store, 0, 0, MetricNames.IO_NUM_BYTES_IN, "100");
        report(store, 0, 0, MetricNames.IO_NUM_BYTES_OUT, "101");
        report(store, 0, 0, MetricNames.IO_NUM_RECORDS_IN, "102");
        report(store, 0, 0, MetricNames.IO_NUM_RECORDS_OUT, "103");
        report(store, 0, 0, MetricNames.ACC_TASK_BACK_PRESSURED_TIME, "104");
        report(store, 0, 0, MetricNames.ACC_TASK_IDLE_TIME, "105");
        report(store, 0, 0, MetricNames.ACC_TASK_BUSY_TIME, "106.5");
        report(store, 0, 1, MetricNames.IO_NUM_BYTES_IN, "7");
        report(store, 1, 0, MetricNames.ACC_TASK_BUSY_TIME, "NaN");
        report(store, 1, 0, MetricNames.IO_NUM_RECORDS_IN, "9");
        ExecutionGraphInfo graph =
                graph(
                        speculative(
                                attempt(0, 0, ExecutionState.RUNNING, HERE),
                                attempt(0, 1, ExecutionState.RUNNING, THERE)),
                        subtask(attempt(1, 0, ExecutionState.RUNNING, HERE)),
                        subtask(attempt(2, 0, ExecutionState.FINISHED, HERE, IO_WITHOUT_BUSY_TIME)),
                        subtask(attempt(3, 0, ExecutionState.RUNNING, HERE)));

        JsonNode details = assertSameAsFlink(graph, store);

        JsonNode subtasks = details.get("subtasks");
        assertThat(subtasks.get(0).get("metrics").get("accumulated-busy-time").doubleValue())
                .isEqualTo(106.5);
        assertThat(
                        subtasks.get(0)
                                .get("other-concurrent-attempts")
                                .get(0)
                                .get("metrics")
                                .get("read-bytes")
                                .longValue())
                .isEqualTo(7);
        assertThat(subtasks.get(1).get("metrics").get("accumulated-busy-time").textValue())
                .isEqualTo("NaN");
        assertThat(subtasks.get(3).get("metrics").get("read-bytes-complete").booleanValue())
                .isFalse();
        JsonNode busy = details.get("aggregated").get("metrics").get("accumulated-busy-time");
        assertThat(busy.get("min").longValue()).isEqualTo(-1);
        assertThat(busy.get("max").longValue()).isEqualTo(106);
    }

    @Test
    void aVertexOfManySubtasksIsAggregated() {
        ArchivedExecutionVertex[] all = new ArchivedExecutionVertex[31];
        for (int i = 0; i < all.length; i++) {
            long n = (i * 7919L) % 1_000;
            all[i] =
                    subtask(
                            attempt(
                                    i,
                                    0,
                                    i % 3 == 0 ? ExecutionState.FINISHED : ExecutionState.CANCELED,
                                    taskManager("tm-" + i % 9),
                                    new IOMetrics(n, n * n, -n, 1, 0, n / 3.0, n << 40)));
        }

        assertSameAsFlink(graph(all));
    }

    private static JsonNode assertSameAsFlink(ExecutionGraphInfo graph) {
        return assertSameAsFlink(graph, new MetricStore());
    }

    /** Gives the details of {@link Graphs#VERTEX}. */
    private static JsonNode assertSameAsFlink(ExecutionGraphInfo graph, MetricStore store) {
        AccessExecutionJobVertex vertex = GraphLookup.vertex(graph, VERTEX);
        VerticesOracle oracle = new VerticesOracle(graph.getArchivedExecutionGraph(), store);
        assertSame(
                () -> oracle.taskManagers(VERTEX),
                now -> VertexTaskManagersConverter.taskManagers(vertex, attempts(store, now)));
        assertSame(() -> oracle.times(VERTEX), now -> SubtasksTimesConverter.times(vertex, now));
        assertSame(
                () -> oracle.accumulators(VERTEX),
                now -> AccumulatorsConverter.ofVertex(graph, VERTEX));
        assertSame(
                () -> oracle.subtasksAccumulators(VERTEX),
                now -> AccumulatorsConverter.ofSubtasks(graph, VERTEX));
        for (AccessExecutionVertex subtask : vertex.getTaskVertices()) {
            int index = subtask.getParallelSubtaskIndex();
            assertSame(
                    () -> oracle.currentAttempt(VERTEX, index),
                    now -> attempts(store, now).current(GraphLookup.subtask(graph, VERTEX, index)));
            List<AccessExecution> all = new ArrayList<>(subtask.getCurrentExecutions());
            all.addAll(subtask.getExecutionHistory().getHistoricalExecutions());
            for (AccessExecution attempt : all) {
                int number = attempt.getAttemptNumber();
                assertSame(
                        () -> oracle.attempt(VERTEX, index, number),
                        now ->
                                attempts(store, now)
                                        .info(GraphLookup.attempt(graph, VERTEX, index, number)));
                assertSame(
                        () -> oracle.attemptAccumulators(VERTEX, index, number),
                        now -> AccumulatorsConverter.ofAttempt(graph, VERTEX, index, number));
            }
        }
        return assertSame(
                () -> oracle.details(VERTEX),
                now -> VertexDetailsConverter.details(vertex, attempts(store, now)));
    }

    /** Flink reads the clock many times for one answer: the answer of a single tick is taken. */
    private static JsonNode assertSame(Supplier<ResponseBody> flinks, LongFunction<?> ours) {
        long now;
        ResponseBody expected;
        do {
            now = System.currentTimeMillis();
            expected = flinks.get();
        } while (System.currentTimeMillis() != now);
        JsonNode shown = JsonTrees.ofDrey(ours.apply(now));
        assertThat(shown).isEqualTo(JsonTrees.ofFlink(expected));
        return shown;
    }

    private static AttemptConverter attempts(MetricStore store, long now) {
        return new AttemptConverter(JOB, VERTEX, store.getJobs(), now);
    }

    private static void report(
            MetricStore store, int subtask, int attempt, String name, String value) {
        store.add(
                new MetricDump.GaugeDump(
                        new QueryScopeInfo.TaskQueryScopeInfo(
                                JOB.toString(), VERTEX.toString(), subtask, attempt),
                        name,
                        value));
    }
}
