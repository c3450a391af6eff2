package dev.drey.it.metrics;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.metrics.AggregatedMetrics;
import dev.drey.client.metrics.AggregatedMetricsQuery;
import dev.drey.client.metrics.Metrics;
import dev.drey.client.metrics.SubtaskRange;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.CountingJob;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.ResourceId;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.metrics.AggregatedMetric;
import dev.drey.model.metrics.AggregationMode;
import dev.drey.model.metrics.Metric;
import dev.drey.model.metrics.MetricId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Metrics of a cluster and of a job that runs on it, through the SDK alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class MetricsSuite {

    private static final int PARALLELISM = 2;
    private static final MetricId THREADS = MetricId.fromString("Status.JVM.Threads.Count");
    private static final MetricId UPTIME = MetricId.fromString("uptime");
    private static final MetricId RECORDS_IN = MetricId.fromString("numRecordsIn");

    private final Cluster cluster;
    private final FlinkMonitoringClient flink;
    private ExampleJobs examples;
    private JobId job;
    private JobVertexId counting;
    private JobVertexId source;

    protected MetricsSuite(Cluster cluster) {
        this.cluster = cluster;
        flink = cluster.client();
    }

    @BeforeAll
    void startJob() throws Exception {
        examples = ExampleJobs.upload(flink, cluster.jobJar());
        job =
                examples.start(
                        JarRunRequestBody.builder()
                                .entryClassName(CountingJob.class.getName())
                                .parallelism(PARALLELISM)
                                .build());
        Await.job(flink, job).isRunning();
        source = answer(flink.jobs().details(job)).jobVertexInfos().get(0).jobVertexId();
        counting = answer(flink.jobs().details(job)).jobVertexInfos().get(1).jobVertexId();
    }

    @AfterAll
    void cleanUp() throws Exception {
        try (flink) {
            examples.close();
        }
    }

    @Test
    void theJobManagerHasMetrics() throws Exception {
        requirePositive(flink.metrics().ofJobManager(), THREADS);
    }

    @Test
    void aTaskManagerHasMetrics() throws Exception {
        ResourceId taskManager =
                answer(flink.taskManagers().list()).taskManagerInfos().get(0).resourceId();

        requirePositive(flink.metrics().ofTaskManager(taskManager), THREADS);
        requireSum(flink.metrics().overTaskManagers(taskManager), THREADS);
        requireSum(flink.metrics().overTaskManagers(), THREADS);
    }

    @Test
    void aJobHasMetrics() throws Exception {
        requirePositive(flink.metrics().ofJob(job), UPTIME);
        requireSum(flink.metrics().overJobs(job), UPTIME);
        requireSum(flink.metrics().overJobs(), UPTIME);
    }

    @Test
    void aVertexAndItsSubtasksHaveMetrics() throws Exception {
        requirePositive(
                flink.metrics().ofVertex(job, counting),
                MetricId.fromString("0." + RECORDS_IN.value()));
        requirePositive(flink.metrics().ofSubtask(job, counting, 0), RECORDS_IN);
        requireSum(flink.metrics().overSubtasks(job, counting), RECORDS_IN);
        requireSum(flink.metrics().overSubtasks(job, counting, SubtaskRange.of(0, 1)), RECORDS_IN);
        assertThat(answer(flink.metrics().watermarks(job, counting)).metrics())
                .hasSize(PARALLELISM)
                .extracting(metric -> metric.id().value())
                .allMatch(name -> name.endsWith(".currentInputWatermark"));
    }

    @Test
    void valuesAreAggregatedInEveryWay() throws Exception {
        AggregatedMetric all =
                Await.until(
                        "all subtasks have counted",
                        () ->
                                answer(
                                                flink.metrics()
                                                        .overSubtasks(job, counting)
                                                        .get(AggregatedMetricsQuery.of(RECORDS_IN)))
                                        .metrics()
                                        .stream()
                                        .filter(metric -> metric.min() > 0)
                                        .findFirst());

        assertThat(all.max()).isGreaterThanOrEqualTo(all.min());
        assertThat(all.avg()).isBetween(all.min(), all.max());
        assertThat(all.sum()).isEqualTo(PARALLELISM * all.avg());
    }

    @Test
    void theSkewOfValuesIsAggregated() throws Exception {
        assertThat(
                        Await.until(
                                        "subtasks have counted",
                                        () ->
                                                answer(
                                                                flink.metrics()
                                                                        .overSubtasks(job, counting)
                                                                        .get(
                                                                                AggregatedMetricsQuery
                                                                                        .of(
                                                                                                RECORDS_IN)
                                                                                        .aggregatedBy(
                                                                                                AggregationMode
                                                                                                        .SKEW)))
                                                        .metrics()
                                                        .stream()
                                                        .findFirst())
                                .skew())
                .isBetween(0.0, 100.0);
    }

    @Test
    void theOperatorsOfAVertexHaveMetricsInTheJobManager() throws Exception {
        Await.untilTrue(
                "the source's coordinator has metrics",
                () -> !answer(flink.metrics().ofJobManagerOperators(job, source).list()).isEmpty());
    }

    private static void requirePositive(Metrics metrics, MetricId id) throws Exception {
        Metric metric =
                Await.until(
                        "%s is there, and positive".formatted(id),
                        () ->
                                answer(metrics.get(id)).metrics().stream()
                                        .filter(one -> Long.parseLong(one.value()) > 0)
                                        .findFirst());
        assertThat(metric.id()).isEqualTo(id);
        assertThat(answer(metrics.list())).contains(id);
    }

    private static void requireSum(AggregatedMetrics metrics, MetricId id) throws Exception {
        AggregatedMetric metric =
                Await.until(
                        "%s is there, and positive".formatted(id),
                        () ->
                                answer(
                                                metrics.get(
                                                        AggregatedMetricsQuery.of(id)
                                                                .aggregatedBy(AggregationMode.SUM)))
                                        .metrics()
                                        .stream()
                                        .filter(one -> one.sum() > 0)
                                        .findFirst());
        assertThat(metric.id()).isEqualTo(id);
        assertThat(metric.max()).isNull();
        assertThat(answer(metrics.list())).contains(id);
    }
}
