package dev.drey.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.drey.server.TestServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.messages.webmonitor.MultipleJobsDetails;
import org.apache.flink.runtime.metrics.TimerGauge;
import org.apache.flink.runtime.metrics.dump.MetricDumpSerialization;
import org.apache.flink.runtime.metrics.dump.MetricDumpSerialization.MetricSerializationResult;
import org.apache.flink.runtime.metrics.dump.QueryScopeInfo;
import org.apache.flink.runtime.metrics.dump.TestingMetricQueryServiceGateway;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.webmonitor.RestfulGateway;
import org.apache.flink.runtime.webmonitor.TestingRestfulGateway;
import org.apache.flink.runtime.webmonitor.retriever.MetricQueryServiceGateway;
import org.junit.jupiter.api.Test;

/** Flink's fetcher fetches by itself; who asks first waits for it. */
class FetchedMetricsTest {

    private static final String TASK_MANAGER = "tm:1";

    private CompletableFuture<RestfulGateway> leader = CompletableFuture.completedFuture(gateway());
    private final CompletableFuture<MultipleJobsDetails> jobs = new CompletableFuture<>();
    private final CompletableFuture<Collection<String>> jobManagers = new CompletableFuture<>();
    private final CompletableFuture<Collection<Tuple2<ResourceID, String>>> taskManagers =
            new CompletableFuture<>();
    private final CompletableFuture<MetricQueryServiceGateway> service = new CompletableFuture<>();
    private final CompletableFuture<MetricSerializationResult> dump = new CompletableFuture<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();

    private final FetchedMetrics metrics = fetched(Duration.ofHours(1));

    @Test
    void whoAsksFirstGetsWhatTheFirstFetchBrings() {
        CompletableFuture<MetricStore> told = metrics.told();
        CompletableFuture<MetricStore> toldToo = metrics.told();
        runTasks();
        assertThat(told).isNotDone();

        jobs.complete(new MultipleJobsDetails(List.of()));
        jobManagers.complete(List.of());
        taskManagers.complete(List.of(Tuple2.of(new ResourceID(TASK_MANAGER), "address")));
        runTasks();
        assertThat(asked).containsExactly("address");
        assertThat(told).isNotDone();

        service.complete(queryService());
        runTasks();
        assertThat(told).isNotDone();

        dump.complete(dump());
        assertThat(told).as("before the dump was taken in").isNotDone();
        runTasks();

        assertThat(told).isCompleted();
        assertThat(toldToo).isCompleted();
        assertThat(told.join().getTaskManagerMetricStore(TASK_MANAGER).getMetric("idle"))
                .isEqualTo("0");
        assertThat(metrics.told()).isCompletedWithValue(told.join());
        assertThat(metrics.askedAt()).isPositive();
    }

    @Test
    void aFetchThatFailsHasEndedToo() {
        CompletableFuture<MetricStore> told = metrics.told();

        jobs.completeExceptionally(new IllegalStateException("jobs"));
        jobManagers.completeExceptionally(new IllegalStateException("job managers"));
        taskManagers.complete(List.of(Tuple2.of(new ResourceID(TASK_MANAGER), "address")));
        runTasks();
        assertThat(told).isNotDone();
        service.completeExceptionally(new IllegalStateException("service"));
        runTasks();

        assertThat(told).isCompleted();
    }

    @Test
    void nobodyWaitsForAServiceThatNeverAnswers() {
        FetchedMetrics impatient = fetched(Duration.ofMillis(1));

        CompletableFuture<MetricStore> told = impatient.told();

        assertThatCode(() -> told.get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
                .doesNotThrowAnyException();
        assertThat(impatient.told()).isCompleted();
    }

    @Test
    void whileNobodyLeadsNobodyWaits() {
        CompletableFuture<RestfulGateway> elected = leader;
        leader = new CompletableFuture<>();
        assertThat(metrics.told()).isCompleted();
        leader = CompletableFuture.failedFuture(new IllegalStateException("lost"));
        assertThat(metrics.told()).isCompleted();
        assertThat(metrics.askedAt()).isZero();

        leader = elected;

        assertThat(metrics.told()).isNotDone();
    }

    @Test
    void afterTheFirstFetchNobodyWaitsWhoeverLeads() {
        CompletableFuture<MetricStore> first = metrics.told();
        jobs.complete(new MultipleJobsDetails(List.of()));
        jobManagers.complete(List.of());
        taskManagers.complete(List.of());
        runTasks();

        leader = new CompletableFuture<>();

        assertThat(first).isCompleted();
        assertThat(metrics.told()).isCompleted();
    }

    private FetchedMetrics fetched(Duration patience) {
        return new FetchedMetrics(
                () -> leader,
                address -> {
                    asked.add(address);
                    return service;
                },
                tasks::add,
                Duration.ofSeconds(TestServer.PATIENCE_SECONDS),
                Duration.ofHours(1),
                patience);
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private RestfulGateway gateway() {
        return new TestingRestfulGateway.Builder()
                .setRequestMultipleJobDetailsSupplier(() -> jobs)
                .setRequestMetricQueryServiceGatewaysSupplier(() -> jobManagers)
                .setRequestTaskManagerMetricQueryServiceGatewaysSupplier(() -> taskManagers)
                .build();
    }

    private MetricQueryServiceGateway queryService() {
        return new TestingMetricQueryServiceGateway.Builder()
                .setQueryMetricsSupplier(() -> dump)
                .build();
    }

    private static MetricSerializationResult dump() {
        return new MetricDumpSerialization.MetricDumpSerializer()
                .serialize(
                        Map.of(),
                        Map.of(
                                new TimerGauge(),
                                Tuple2.of(
                                        new QueryScopeInfo.TaskManagerQueryScopeInfo(TASK_MANAGER),
                                        "idle")),
                        Map.of(),
                        Map.of());
    }
}
