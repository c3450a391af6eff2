package dev.drey.server.metrics;

import static dev.drey.server.vertices.Graphs.JOB;
import static dev.drey.server.vertices.Graphs.NOWHERE;
import static dev.drey.server.vertices.Graphs.VERTEX;
import static dev.drey.server.vertices.Graphs.attempt;
import static dev.drey.server.vertices.Graphs.subtask;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import dev.drey.server.TestServer;
import dev.drey.server.vertices.Graphs;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drey's answers about metrics against those of Flink's own handlers. */
class MetricsResourceTest {

    private static final String OF_JOB_MANAGER = "/jobmanager/metrics";
    private static final String OF_TASK_MANAGER = "/taskmanagers/:taskmanagerid/metrics";
    private static final String OF_JOB = "/jobs/:jobid/metrics";
    private static final String OF_VERTEX = "/jobs/:jobid/vertices/:vertexid/metrics";
    private static final String OF_OPERATORS =
            "/jobs/:jobid/vertices/:vertexid/jm-operator-metrics";
    private static final String OF_SUBTASK =
            "/jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex/metrics";
    private static final String OVER_JOBS = "/jobs/metrics";
    private static final String OVER_TASK_MANAGERS = "/taskmanagers/metrics";
    private static final String OVER_SUBTASKS = "/jobs/:jobid/vertices/:vertexid/subtasks/metrics";

    private static final JobID OTHER_JOB = new JobID(7, 8);
    private static final JobVertexID UNKNOWN = new JobVertexID(9, 9);
    private static final String JOB_ID = JOB.toString();
    private static final String VERTEX_ID = VERTEX.toString();
    private static final int SUBTASKS = 31;

    private static final Told TOLD = told();
    private static final MetricsOracle FLINK = new MetricsOracle(TOLD);

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .dispatcher(
                            dispatcher ->
                                    dispatcher.setRequestExecutionGraphInfoFunction(
                                            MetricsResourceTest::graphOf))
                    .metrics(ClusterMetrics.of(TOLD))
                    .start();

    private static Told told() {
        Told told =
                new Told()
                        .ofJobManager("taskSlotsTotal", "8")
                        .ofJobManager("Status.JVM.CPU.Load", "NaN")
                        .ofTaskManager("tm:1", "heap", "100")
                        .ofTaskManager("tm:1", "only", "1")
                        .ofTaskManager("tm:2", "heap", "300")
                        .ofJob(JOB, "numRestarts", "0")
                        .ofJob(OTHER_JOB, "numRestarts", "5")
                        .ofJob(JOB, "load", "NaN")
                        .ofJob(OTHER_JOB, "load", "0.5")
                        .ofJob(JOB, "path", "file:/savepoints/\"savepoint\"")
                        .ofJob(JOB, "limit", "Infinity")
                        .ofJob(OTHER_JOB, "limit", "1e3")
                        .ofJobManagerOperator("Source__numbers", "unassignedSplits", "0");
        for (int i = 0; i < SUBTASKS; i++) {
            told.ofAttempt(i, 0, "numRecordsIn", Integer.toString(i * 7919 % 1000));
            told.ofAttempt(i, 0, "share", Double.toString(i / 3.0));
            told.ofAttempt(i, 0, "zero", "-0.0");
            told.ofAttempt(i, 0, "balance", Integer.toString(i - SUBTASKS / 2));
        }
        told.ofAttempt(3, 0, "onlyHere", "1");
        told.ofAttempt(4, 0, "currentInputWatermark", "-9223372036854775808");
        told.ofAttempt(11, 0, "currentInputWatermark", "1700000000000");
        return told;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?get=taskSlotsTotal,Status.JVM.CPU.Load",
                "?get=nothing",
                "?get=",
                "?get=,",
                "?get=taskSlotsTotal,,taskSlotsTotal",
                "?get=taskSlotsTotal&get=Status.JVM.CPU.Load",
                "?get=tasksLotsTotal",
                "?other=x"
            })
    void metricsOfThePartsAreShown(String query) {
        assertSameAsFlink(OF_JOB_MANAGER, List.of(), query);
        assertSameAsFlink(OF_TASK_MANAGER, List.of("tm:1"), query);
        assertSameAsFlink(OF_JOB, List.of(JOB_ID), query);
        assertSameAsFlink(OF_VERTEX, List.of(JOB_ID, VERTEX_ID), query);
        assertSameAsFlink(OF_OPERATORS, List.of(JOB_ID, VERTEX_ID), query);
        assertSameAsFlink(OF_SUBTASK, List.of(JOB_ID, VERTEX_ID, "3"), query);
    }

    @Test
    void withoutALeaderNothingOldIsTold() {
        try (TestServer leaderless = TestServer.cluster().noLeader().start()) {
            assertThat(leaderless.get("/jobmanager/metrics").refused(503)).contains("leading");
        }
    }

    @Test
    void valuesAreShown() {
        assertThat(assertSameAsFlink(OF_JOB, List.of(JOB_ID), "?get=numRestarts,load,path"))
                .isEqualTo(
                        JsonTrees.of(
                                "[{\"id\":\"numRestarts\",\"value\":\"0\"},"
                                        + "{\"id\":\"load\",\"value\":\"NaN\"},"
                                        + "{\"id\":\"path\",\"value\":\"file:/savepoints/\\\"savepoint\\\"\"}]"));
        assertThat(assertSameAsFlink(OF_TASK_MANAGER, List.of("tm:2"), "?get=heap,only"))
                .hasSize(1);
        assertThat(
                        assertSameAsFlink(
                                OF_VERTEX,
                                List.of(JOB_ID, VERTEX_ID),
                                "?get=0.numRecordsIn,30.share,30.onlyHere"))
                .hasSize(2);
        assertThat(
                        assertSameAsFlink(
                                OF_SUBTASK,
                                List.of(JOB_ID, VERTEX_ID, "03"),
                                "?get=numRecordsIn,onlyHere"))
                .hasSize(2);
        assertThat(
                        assertSameAsFlink(
                                OF_OPERATORS,
                                List.of(JOB_ID, VERTEX_ID),
                                "?get=Source__numbers.unassignedSplits"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?get=numRecordsIn"})
    void whatIsNotKnownHasNoMetrics(String query) {
        String unknown = UNKNOWN.toString();
        assertNone(OF_TASK_MANAGER, List.of("nope"), query);
        assertNone(OF_JOB, List.of(unknown), query);
        for (String route : List.of(OF_VERTEX, OF_OPERATORS, OVER_SUBTASKS)) {
            assertNone(route, List.of(JOB_ID, unknown), query);
            assertNone(route, List.of(unknown, VERTEX_ID), query);
        }
        assertNone(OF_SUBTASK, List.of(JOB_ID, unknown, "0"), query);
        assertNone(OF_SUBTASK, List.of(unknown, VERTEX_ID, "0"), query);
        assertNone(OF_SUBTASK, List.of(JOB_ID, VERTEX_ID, "99"), query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?agg=max",
                "?get=numRestarts",
                "?get=numRestarts,load,limit",
                "?get=numRestarts&get=load",
                "?get=numRestarts,numRestarts",
                "?get=numRestarts,path,load",
                "?get=path",
                "?get=numRestarts,nothing",
                "?get=nothing,numRestarts",
                "?get=",
                "?get=,",
                "?get=numRestarts&agg=min,MAX",
                "?get=numRestarts&agg=avg&agg=sum,skew",
                "?get=numRestarts&agg=skew,skew",
                "?get=numRestarts&agg=,",
                "?get=numRestarts&jobs=,",
                "?get=numRestarts&jobs=00000000000000050000000000000006",
                "?get=numRestarts&jobs=0000000000000005000000000000000A",
                "?jobs=deadbeefdeadbeefdeadbeefdeadbeef"
            })
    void metricsOfJobsAreAggregated(String query) {
        assertSameAsFlink(OVER_JOBS, List.of(), query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?get=heap",
                "?get=heap,only",
                "?get=heap&taskmanagers=tm:2",
                "?get=heap&taskmanagers=tm:2,tm:1,tm:2",
                "?get=heap&taskmanagers=nope",
                "?taskmanagers=tm:2",
                "?get=heap&taskmanagers="
            })
    void metricsOfTaskManagersAreAggregated(String query) {
        assertSameAsFlink(OVER_TASK_MANAGERS, List.of(), query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?get=numRecordsIn,share,zero,balance",
                "?get=share&agg=sum,avg,skew",
                "?get=onlyHere",
                "?get=numRecordsIn&subtasks=0",
                "?get=numRecordsIn&subtasks=0,0,0-1",
                "?get=numRecordsIn&subtasks=5-9,30-99",
                "?get=numRecordsIn&subtasks=5-1",
                "?get=numRecordsIn&subtasks=99",
                "?get=numRecordsIn&subtasks=x",
                "?get=numRecordsIn&subtasks=x,1",
                "?get=numRecordsIn&subtasks=1-",
                "?get=numRecordsIn&subtasks=-1",
                "?get=numRecordsIn&subtasks=1--1",
                "?get=numRecordsIn&subtasks=99999999999",
                "?get=numRecordsIn&subtasks=",
                "?get=numRecordsIn&subtasks=,",
                "?get=numRecordsIn&subtasks=1&subtasks=2",
                "?subtasks=3",
                "?subtasks=99"
            })
    void metricsOfSubtasksAreAggregated(String query) {
        assertSameAsFlink(OVER_SUBTASKS, List.of(JOB_ID, VERTEX_ID), query);
    }

    @Test
    void aggregatesAreShown() {
        assertThat(assertSameAsFlink(OVER_JOBS, List.of(), "?get=numRestarts,load"))
                .isEqualTo(
                        JsonTrees.of(
                                "[{\"id\":\"numRestarts\",\"min\":0.0,\"max\":5.0,\"avg\":2.5,"
                                        + "\"sum\":5.0,\"skew\":100.0},"
                                        + "{\"id\":\"load\",\"min\":\"NaN\",\"max\":\"NaN\","
                                        + "\"avg\":\"NaN\",\"sum\":\"NaN\",\"skew\":\"NaN\"}]"));
        assertThat(
                        assertSameAsFlink(
                                OVER_SUBTASKS,
                                List.of(JOB_ID, VERTEX_ID),
                                "?get=balance&agg=sum&subtasks=0-1000"))
                .isEqualTo(JsonTrees.of("[{\"id\":\"balance\",\"sum\":0.0}]"));
    }

    @Test
    void aRangeOfAllThatAreThinkableTakesNoTime() {
        assertThat(
                        SERVER.get(
                                        "/jobs/"
                                                + JOB
                                                + "/vertices/"
                                                + VERTEX
                                                + "/subtasks/metrics?get=balance&agg=max&subtasks=0-2147483647")
                                .expect(200)
                                .json())
                .isEqualTo(JsonTrees.of("[{\"id\":\"balance\",\"max\":15.0}]"));
    }

    @Test
    void anAnswerWaitsForWhatIsStillFetched() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<MetricStore> told = new CompletableFuture<>();
        ClusterMetrics fetching =
                new ClusterMetrics() {
                    @Override
                    public CompletableFuture<MetricStore> told() {
                        asked.complete(null);
                        return told;
                    }

                    @Override
                    public long askedAt() {
                        return 0;
                    }
                };
        try (TestServer server = TestServer.cluster().metrics(fetching).start();
                TestServer.Connection connection = server.connect()) {
            connection.send(server.request("GET", "/jobmanager/metrics?get=slots", null));
            asked.orTimeout(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            told.complete(new Told().ofJobManager("slots", "8").getMetricStore());

            assertThat(connection.read().expect(200).json())
                    .isEqualTo(JsonTrees.of("[{\"id\":\"slots\",\"value\":\"8\"}]"));
        }
    }

    @Test
    void watermarksAreShown() {
        assertThat(SERVER.get(path("/watermarks")).expect(200).json())
                .isEqualTo(FLINK.watermarks(graph()))
                .hasSize(2);
    }

    @Test
    void aVertexThatHasToldNothingHasNoWatermarks() {
        MetricsOracle flink = new MetricsOracle(new Told());
        assertThat(
                        JsonTrees.ofDrey(
                                MetricsConverter.watermarks(
                                        graph(), VERTEX, new Told().getMetricStore())))
                .isEqualTo(flink.watermarks(graph()))
                .isEmpty();
    }

    @Test
    void watermarksOfAnUnknownVertexOrJobAre404() {
        assertThat(SERVER.get("/jobs/" + JOB + "/vertices/" + UNKNOWN + "/watermarks").refused(404))
                .isEqualTo("Job " + JOB + " has no vertex " + UNKNOWN);
        assertThat(
                        SERVER.get("/jobs/" + UNKNOWN + "/vertices/" + VERTEX + "/watermarks")
                                .refused(404))
                .contains(UNKNOWN.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics",
                "/jm-operator-metrics",
                "/subtasks/0/metrics",
                "/subtasks/metrics",
                "/watermarks"
            })
    void anIdThatIsNoneIs400(String rest) {
        assertThat(SERVER.get("/jobs/xyz/vertices/" + VERTEX + rest).refused(400))
                .contains("Parameter 'jobid'", "xyz");
        assertThat(SERVER.get("/jobs/" + JOB + "/vertices/xyz" + rest).refused(400))
                .contains("Parameter 'vertexid'", "xyz");
        assertThat(SERVER.get("/jobs/xyz/metrics").refused(400)).contains("Parameter 'jobid'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1.5", "2147483648"})
    void aSubtaskThatIsNoneIs400(String index) {
        assertThat(SERVER.get(path("/subtasks/" + index + "/metrics")).refused(400))
                .startsWith("Parameter 'subtaskindex': ")
                .contains(index);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "", "max,nope", "max,,min", "max&agg=nope"})
    void anAggregationThatIsNoneIs400(String agg) {
        for (String path : List.of(OVER_JOBS, OVER_TASK_MANAGERS, path("/subtasks/metrics"))) {
            assertThat(SERVER.get(path + "?agg=" + agg).refused(400))
                    .startsWith("Parameter 'agg': ")
                    .endsWith("is no aggregation: expected min, max, sum, avg or skew");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyz", "", "00000000000000050000000000000006,xyz"})
    void aSelectedJobThatIsNoneIs400(String jobs) {
        assertThat(SERVER.get("/jobs/metrics?get=x&jobs=" + jobs).refused(400))
                .startsWith("Parameter 'jobs': ");
    }

    private static String path(String rest) {
        return "/jobs/" + JOB + "/vertices/" + VERTEX + rest;
    }

    private static void assertNone(String route, List<String> values, String query) {
        assertThat(assertSameAsFlink(route, values, query)).isEmpty();
    }

    /** Flink's lists come out of hash maps. */
    private static JsonNode assertSameAsFlink(String route, List<String> values, String query) {
        String path = route;
        for (String value : values) {
            path = path.replaceFirst(":[a-z]+", value);
        }
        JsonNode ours = SERVER.get(path + query).expect(200).json();
        assertThat(ours).containsExactlyInAnyOrderElementsOf(FLINK.answer(route, values, query));
        return ours;
    }

    private static CompletableFuture<ExecutionGraphInfo> graphOf(JobID job) {
        return job.equals(JOB)
                ? CompletableFuture.completedFuture(graph())
                : CompletableFuture.failedFuture(new FlinkJobNotFoundException(job));
    }

    private static ExecutionGraphInfo graph() {
        ArchivedExecutionVertex[] subtasks = new ArchivedExecutionVertex[12];
        for (int i = 0; i < subtasks.length; i++) {
            subtasks[i] = subtask(attempt(i, 0, ExecutionState.RUNNING, NOWHERE));
        }
        return Graphs.graph(subtasks);
    }
}
