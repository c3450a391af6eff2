package dev.drey.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.model.jobs.JobDetailsInfo;
import dev.drey.server.JsonTrees;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.ApplicationID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.runtime.accumulators.StringifiedAccumulatorResult;
import org.apache.flink.runtime.clusterframework.types.ResourceProfile;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.ArchivedExecution;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionGraph;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionVertex;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphID;
import org.apache.flink.runtime.executiongraph.ExecutionHistory;
import org.apache.flink.runtime.executiongraph.IOMetrics;
import org.apache.flink.runtime.jobgraph.JobType;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.jobmanager.scheduler.SlotSharingGroup;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.runtime.metrics.dump.MetricDump;
import org.apache.flink.runtime.metrics.dump.QueryScopeInfo;
import org.apache.flink.runtime.rest.handler.job.JobDetailsHandler;
import org.apache.flink.runtime.rest.handler.legacy.DefaultExecutionGraphCache;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcher;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionConfigBuilder;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.rest.messages.JobPlanInfo;
import org.apache.flink.runtime.rest.messages.job.JobDetailsHeaders;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.strategy.ExecutionVertexID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobDetailsConverterTest {

    private static final JobID JOB = new JobID(5, 6);
    private static final JobVertexID SOURCE = new JobVertexID(1, 2);
    private static final JobVertexID SINK = new JobVertexID(3, 4);
    private static final IOMetrics IO = new IOMetrics(10, 20, 30, 40, 50, 60.5, 70);
    private static final IOMetrics IO_WITHOUT_BUSY_TIME =
            new IOMetrics(1, 2, 3, 4, 5, Double.NaN, 7);

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void aJobInAnyStateIsShown(JobStatus status) {
        assertSameAsFlink(
                graph(
                        status,
                        vertex(
                                SOURCE,
                                task(0, ExecutionState.RUNNING),
                                task(1, ExecutionState.RUNNING)),
                        vertex(SINK, task(0, ExecutionState.INITIALIZING))));
    }

    @ParameterizedTest
    @EnumSource(ExecutionState.class)
    void aVertexInAnyStateIsShown(ExecutionState state) {
        assertSameAsFlink(graph(JobStatus.RUNNING, vertex(SOURCE, task(0, state), task(1, state))));
    }

    @ParameterizedTest
    @EnumSource(ExecutionState.class)
    void aVertexWhoseTasksDifferIsShown(ExecutionState state) {
        assertSameAsFlink(
                graph(
                        JobStatus.RUNNING,
                        vertex(
                                SOURCE,
                                task(0, ExecutionState.FINISHED),
                                task(1, state),
                                task(2, ExecutionState.FINISHED))));
        assertSameAsFlink(
                graph(
                        JobStatus.FAILING,
                        vertex(
                                SOURCE,
                                task(0, ExecutionState.FAILED),
                                task(1, state),
                                task(2, ExecutionState.CANCELED))));
    }

    @Test
    void aJobThatIsBeingInitializedHasAnEmptyPlan() throws Exception {
        ExecutionGraphInfo graph =
                new ExecutionGraphInfo(
                        ArchivedExecutionGraph.createSparseArchivedExecutionGraph(
                                JOB,
                                "job",
                                JobStatus.INITIALIZING,
                                JobType.STREAMING,
                                null,
                                null,
                                1_000L));

        JsonNode shown = assertSameAsFlink(graph);

        assertThat(shown.get("plan"))
                .isEqualTo(JsonTrees.of("{\"jid\":\"\",\"name\":\"\",\"type\":\"\",\"nodes\":[]}"));
        assertThat(new ObjectMapper().treeToValue(shown, JobDetailsInfo.class).plan())
                .isEqualTo(new dev.drey.model.jobs.JobPlanInfo.Plan(null, "", null, List.of()));
    }

    @Test
    void aVertexThatHasNotStartedHasNoTimes() {
        JsonNode vertex =
                assertSameAsFlink(
                                graph(
                                        JobStatus.CREATED,
                                        vertex(SOURCE, task(0, ExecutionState.SCHEDULED))))
                        .get("vertices")
                        .get(0);

        assertThat(vertex.get("start-time").longValue()).isEqualTo(-1);
        assertThat(vertex.get("duration").longValue()).isEqualTo(-1);
    }

    @Test
    void aVertexWithoutTasksIsShown() {
        assertSameAsFlink(graph(JobStatus.CREATED, vertex(SOURCE)));
    }

    @Test
    void whatEndedTasksHaveReadAndWrittenIsAddedUp() {
        JsonNode metrics =
                assertSameAsFlink(
                                graph(
                                        JobStatus.FINISHED,
                                        vertex(
                                                SOURCE,
                                                task(0, ExecutionState.FINISHED, IO),
                                                task(1, ExecutionState.FINISHED, IO),
                                                task(2, ExecutionState.CANCELED, null))))
                        .get("vertices")
                        .get(0)
                        .get("metrics");

        assertThat(metrics.get("accumulated-busy-time").doubleValue()).isEqualTo(121.0);
    }

    @Test
    void aBusyTimeThatIsNotMeasuredIsNoNumber() {
        JsonNode metrics =
                assertSameAsFlink(
                                graph(
                                        JobStatus.FINISHED,
                                        vertex(
                                                SOURCE,
                                                task(0, ExecutionState.FINISHED, IO),
                                                task(
                                                        1,
                                                        ExecutionState.FINISHED,
                                                        IO_WITHOUT_BUSY_TIME))))
                        .get("vertices")
                        .get(0)
                        .get("metrics");

        assertThat(metrics.get("accumulated-busy-time").textValue()).isEqualTo("NaN");
    }

    @Test
    void whatRunningTasksReportIsAddedUpAsFarAsItIsThere() {
        MetricStore store = new MetricStore();
        report(store, SOURCE, 0, MetricNames.IO_NUM_BYTES_OUT, 100);
        report(store, SOURCE, 0, MetricNames.IO_NUM_RECORDS_OUT, 10);
        report(store, SOURCE, 0, MetricNames.IO_NUM_BYTES_IN, 0);
        report(store, SOURCE, 0, MetricNames.IO_NUM_RECORDS_IN, 0);
        report(store, SOURCE, 0, MetricNames.ACC_TASK_BACK_PRESSURED_TIME, 7);
        report(store, SOURCE, 0, MetricNames.ACC_TASK_IDLE_TIME, 8);
        store.add(
                new MetricDump.GaugeDump(scope(SOURCE, 0), MetricNames.ACC_TASK_BUSY_TIME, "NaN"));
        report(store, SINK, 0, MetricNames.IO_NUM_BYTES_IN, 55);
        ExecutionGraphInfo graph =
                graph(
                        JobStatus.RUNNING,
                        vertex(
                                SOURCE,
                                task(0, ExecutionState.RUNNING),
                                task(1, ExecutionState.FINISHED, IO)),
                        vertex(SINK, task(0, ExecutionState.RUNNING)));

        JsonNode sink = assertSameAsFlink(graph, store).get("vertices").get(1).get("metrics");

        assertThat(sink.get("read-bytes").longValue()).isEqualTo(55);
        assertThat(sink.get("read-bytes-complete").booleanValue()).isTrue();
        assertThat(sink.get("write-bytes-complete").booleanValue()).isFalse();
    }

    @Test
    void aJobOfWhichNothingIsKnownThatMayBeMissingIsShown() {
        JsonNode answer =
                assertSameAsFlink(
                        new ExecutionGraphInfo(
                                new ArchivedExecutionGraphBuilder()
                                        .setJobID(JOB)
                                        .setPlan(plan())
                                        .build()));

        assertThat(answer.get("application-id").isNull()).isTrue();
        assertThat(answer.get("schedulerType").isNull()).isTrue();
    }

    @Test
    void aJobWhosePlanIsMadeAsItRunsHasAStreamGraph() {
        JsonNode answer =
                assertSameAsFlink(
                        new ExecutionGraphInfo(
                                new ArchivedExecutionGraphBuilder()
                                        .setJobID(JOB)
                                        .setPlan(plan())
                                        .setStreamGraphJson("{\"nodes\":[{\"id\":1}]}")
                                        .setPendingOperatorCounts(3)
                                        .setApplicationId(new ApplicationID(9, 10))
                                        .build(),
                                List.of(),
                                JobManagerOptions.SchedulerType.AdaptiveBatch));

        assertThat(answer.get("stream-graph").get("nodes").get(0).get("id").intValue())
                .isEqualTo(1);
    }

    private static JsonNode assertSameAsFlink(ExecutionGraphInfo graph) {
        assertSameAsFlink(graph, new MetricStore());
        JsonNode archived = Oracle.archived(graph);
        assertThat(ours(graph, null, archived.get("now").longValue())).isEqualTo(archived);
        return archived;
    }

    private static JsonNode assertSameAsFlink(ExecutionGraphInfo graph, MetricStore store) {
        JsonNode flinks = new Oracle(store).answer(graph);
        JsonNode ours = ours(graph, store.getJobs(), flinks.get("now").longValue());
        assertThat(ours).isEqualTo(flinks);
        return ours;
    }

    private static JsonNode ours(
            ExecutionGraphInfo graph, MetricStore.JobMetricStoreSnapshot metrics, long now) {
        return JsonTrees.ofDrey(JobDetailsConverter.details(graph, metrics, now));
    }

    private static ExecutionGraphInfo graph(
            JobStatus status, ArchivedExecutionJobVertex... vertices) {
        Map<JobVertexID, ArchivedExecutionJobVertex> tasks = new LinkedHashMap<>();
        for (ArchivedExecutionJobVertex vertex : vertices) {
            tasks.put(vertex.getJobVertexId(), vertex);
        }
        long[] timestamps = new long[JobStatus.values().length];
        for (int i = 0; i < timestamps.length; i++) {
            timestamps[i] = i % 3 == 2 ? 0 : 1_000L * (i + 1);
        }
        return new ExecutionGraphInfo(
                new ArchivedExecutionGraph(
                        JOB,
                        "a \"job\"",
                        tasks,
                        List.of(vertices),
                        timestamps,
                        status,
                        JobType.STREAMING,
                        null,
                        plan(),
                        new StringifiedAccumulatorResult[0],
                        Map.of(),
                        new ArchivedExecutionConfigBuilder().setMaxParallelism(128).build(),
                        false,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        0,
                        new ApplicationID(7, 8)),
                List.of(),
                JobManagerOptions.SchedulerType.Adaptive);
    }

    private static JobPlanInfo.Plan plan() {
        return new JobPlanInfo.Plan(JOB.toString(), "a \"job\"", "STREAMING", List.of());
    }

    private static ArchivedExecutionJobVertex vertex(
            JobVertexID id, ArchivedExecution... executions) {
        return new ArchivedExecutionJobVertex(
                Arrays.stream(executions)
                        .map(
                                execution ->
                                        new ArchivedExecutionVertex(
                                                execution.getParallelSubtaskIndex(),
                                                "task",
                                                execution,
                                                new ExecutionHistory(0)))
                        .toArray(ArchivedExecutionVertex[]::new),
                id,
                "Source -> Map",
                executions.length,
                128,
                new SlotSharingGroup(),
                ResourceProfile.UNKNOWN,
                new StringifiedAccumulatorResult[0]);
    }

    private static ArchivedExecution task(int subtask, ExecutionState state) {
        return task(subtask, state, null);
    }

    /** It went through all states up to {@code state}, one second in each. */
    @SuppressWarnings("EnumOrdinal") // Flink counts in arrays by ordinal
    private static ArchivedExecution task(int subtask, ExecutionState state, IOMetrics io) {
        long[] timestamps = new long[ExecutionState.values().length];
        for (int i = 0; i < timestamps.length; i++) {
            ExecutionState passed = ExecutionState.values()[i];
            timestamps[i] = passed.compareTo(state) <= 0 ? 10_000L + 1_000L * i + subtask : 0;
        }
        return new ArchivedExecution(
                new StringifiedAccumulatorResult[0],
                io,
                new ExecutionAttemptID(
                        new ExecutionGraphID(), new ExecutionVertexID(SOURCE, subtask), 0),
                state,
                null,
                null,
                null,
                timestamps,
                new long[timestamps.length]);
    }

    private static void report(
            MetricStore store, JobVertexID vertex, int subtask, String name, long value) {
        store.add(new MetricDump.CounterDump(scope(vertex, subtask), name, value));
    }

    private static QueryScopeInfo scope(JobVertexID vertex, int subtask) {
        return new QueryScopeInfo.TaskQueryScopeInfo(JOB.toString(), vertex.toString(), subtask, 0);
    }

    /** Flink's own handler. */
    private static final class Oracle extends JobDetailsHandler {

        Oracle(MetricStore store) {
            super(
                    CompletableFuture::new,
                    Duration.ofSeconds(1),
                    Map.of(),
                    JobDetailsHeaders.getInstance(),
                    new DefaultExecutionGraphCache(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                    Runnable::run,
                    new MetricFetcher() {
                        @Override
                        public MetricStore getMetricStore() {
                            return store;
                        }

                        @Override
                        public void update() {}

                        @Override
                        public long getLastUpdateTime() {
                            return 0;
                        }
                    });
        }

        JsonNode answer(ExecutionGraphInfo graph) {
            try {
                return JsonTrees.ofFlink(handleRequest(null, graph));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        static JsonNode archived(ExecutionGraphInfo graph) {
            try {
                return JsonTrees.of(
                        new Oracle(new MetricStore())
                                .archiveJsonWithPath(graph)
                                .iterator()
                                .next()
                                .getJson());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
