package dev.drey.server.metrics;

import static dev.drey.server.vertices.Graphs.JOB;
import static dev.drey.server.vertices.Graphs.VERTEX;

import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.apache.flink.runtime.messages.webmonitor.JobDetails.CurrentAttempts;
import org.apache.flink.runtime.metrics.dump.MetricDump;
import org.apache.flink.runtime.metrics.dump.QueryScopeInfo;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcher;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;

/** What metric query services have told, or not. */
public final class Told implements MetricFetcher {

    private static final long ASKED_AT = 1_700_000_000_000L;

    private final MetricStore store = new MetricStore();

    @Override
    public MetricStore getMetricStore() {
        return store;
    }

    @Override
    public void update() {}

    @Override
    public long getLastUpdateTime() {
        return ASKED_AT;
    }

    public Told ofJobManager(String name, String value) {
        return add(new QueryScopeInfo.JobManagerQueryScopeInfo(), name, value);
    }

    public Told ofTaskManager(String id, String name, String value) {
        return add(new QueryScopeInfo.TaskManagerQueryScopeInfo(id), name, value);
    }

    public Told ofJob(JobID job, String name, String value) {
        return add(new QueryScopeInfo.JobQueryScopeInfo(job.toString()), name, value);
    }

    public Told ofJobManagerOperator(String operator, String name, String value) {
        return add(
                new QueryScopeInfo.JobManagerOperatorQueryScopeInfo(
                        JOB.toString(), VERTEX.toString(), operator),
                name,
                value);
    }

    public Told ofAttempt(int subtask, int attempt, String name, String value) {
        return add(
                new QueryScopeInfo.TaskQueryScopeInfo(
                        JOB.toString(), VERTEX.toString(), subtask, attempt),
                name,
                value);
    }

    /** That these attempts of a subtask run, and one of them stands for it. */
    public Told attempts(int subtask, int representative, Integer... all) {
        store.updateCurrentExecutionAttempts(
                Set.of(
                        new JobDetails(
                                JOB,
                                "job",
                                1,
                                -1,
                                1,
                                JobStatus.RUNNING,
                                1,
                                IntStream.range(0, ExecutionState.values().length)
                                        .map(state -> 0)
                                        .toArray(),
                                1,
                                Map.of(
                                        VERTEX.toString(),
                                        Map.of(
                                                subtask,
                                                new CurrentAttempts(
                                                        representative, Set.of(all), false))))));
        return this;
    }

    private Told add(QueryScopeInfo scope, String name, String value) {
        store.add(new MetricDump.GaugeDump(scope, name, value));
        return this;
    }
}
