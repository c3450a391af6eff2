package dev.drey.it.rescaling;

import static dev.drey.it.cluster.Await.answer;
import static dev.drey.it.cluster.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.async.OperationFailedException;
import dev.drey.client.async.OperationFuture;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.rescaling.RescalingParameters;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.SequenceJob;
import dev.drey.it.http.HttpCalls;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.async.AsynchronousOperationInfo;
import dev.drey.model.async.OperationDetails;
import dev.drey.model.async.OperationKind;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jobs.ExecutionState;
import dev.drey.model.jobs.JobDetailsInfo;
import dev.drey.model.jobs.UserAccumulator;
import dev.drey.model.rescaling.JobRescaleDryRun;
import dev.drey.model.rescaling.JobResourceRequirementsBody;
import dev.drey.model.rescaling.JobResourceRequirementsBody.JobVertexResourceRequirements;
import dev.drey.model.rescaling.JobResourceRequirementsBody.Parallelism;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import dev.drey.model.savepoints.StopWithSavepointRequestBody;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rescaling jobs of the adaptive scheduler, on a cluster with four slots. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RescalingSuite {

    /** The options of a cluster that rescales jobs as soon as it is told. */
    static final List<String> ADAPTIVE_AND_SOON =
            List.of(
                    "jobmanager.scheduler=Adaptive",
                    "jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling=1 s",
                    "jobmanager.adaptive-scheduler.executing.resource-stabilization-timeout=1 s",
                    "jobmanager.adaptive-scheduler.rescale-trigger.max-delay=1 s",
                    "slot.idle.timeout=100 ms",
                    "drey.rescaling.patience=10 s");

    static final int SLOTS = 4;
    static final int MORE_THAN_SLOTS = 8;
    private static final int AT_ONCE = 20;
    private static final String SOON = "200";
    private static final String SELDOM = "3600000";

    private Cluster cluster;
    private FlinkMonitoringClient flink;
    private ExampleJobs examples;

    /**
     * Starts a cluster.
     *
     * @param options each {@code key=value}
     */
    abstract Cluster start(List<String> options) throws Exception;

    /** Ends it. */
    abstract void stop(Cluster started) throws Exception;

    @BeforeAll
    void startCluster() throws Exception {
        List<String> options = new ArrayList<>(ADAPTIVE_AND_SOON);
        options.addAll(Clusters.FRESH);
        cluster = start(options);
        flink = cluster.client();
    }

    @AfterAll
    void stopCluster() throws Exception {
        if (cluster != null) {
            flink.close();
            stop(cluster);
        }
    }

    @BeforeEach
    void upload() {
        examples = ExampleJobs.upload(flink);
    }

    @AfterEach
    void cleanUp() throws Exception {
        examples.close();
    }

    @Test
    void stateIsThereFromOneToFourToTwo(@TempDir Path folder) throws Exception {
        JobId job = checkpointed();

        int restored = 0;
        for (int parallelism : List.of(4, 2)) {
            answer(flink.rescaling().trigger(job, parallelism).result());

            JobDetailsInfo details = answer(flink.jobs().details(job));
            assertThat(parallelisms(details)).isEqualTo(Map.of("numbers", 1, "count", parallelism));
            assertThat(details.jobVertexInfos())
                    .allMatch(vertex -> vertex.executionState() == ExecutionState.RUNNING);
            restored++;
            Await.job(flink, job).isRestored(restored);
        }
        Await.job(flink, job).hasCompletedCheckpointSinceItWasRestored();

        answer(
                flink.savepoints()
                        .stop(
                                job,
                                new StopWithSavepointRequestBody(
                                        folder.toUri().toString(), null, null, null))
                        .result());
        Await.job(flink, job).isFinished();
        Map<String, Long> counted =
                answer(flink.jobs().accumulators(job, false)).userAccumulators().stream()
                        .collect(
                                Collectors.toMap(
                                        UserAccumulator::name,
                                        accumulator -> Long.valueOf(accumulator.value())));
        assertThat(counted.get(SequenceJob.WRONG)).isZero();
        assertThat(counted.get(SequenceJob.FIRST)).isPositive();
        assertThat(counted.get(SequenceJob.LAST)).isGreaterThan(counted.get(SequenceJob.FIRST));
    }

    @Test
    void anEndOfTheJobIsTheEndOfItsRescaling() throws Exception {
        JobId job = checkpointed();
        OperationFuture<AsynchronousOperationInfo> rescaling =
                flink.rescaling().trigger(job, MORE_THAN_SLOTS);
        answer(rescaling.acknowledged());

        answer(flink.jobs().cancel(job));

        failure(rescaling.result())
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContaining("CANCEL");
        Await.job(flink, job).isCanceled();
        refusal(job, RescalingParameters.of(2), 409).contains("CANCELED");
    }

    @Test
    void aJobIsRescaledOnceAtATime() throws Exception {
        JobId job = checkpointed();
        OperationFuture<AsynchronousOperationInfo> first =
                flink.rescaling().trigger(job, MORE_THAN_SLOTS);
        String id = answer(first.acknowledged()).value();

        refusal(job, RescalingParameters.of(2), 409).contains("is being rescaled", id);
        first.stopWaiting();
    }

    @Test
    void stateIsLostOnlyIfThatIsAllowed() throws Exception {
        JobId job = start();

        refusal(job, RescalingParameters.of(2), 409)
                .contains("no completed checkpoint", "allowStateLoss=true");
        assertThat(answer(flink.rescaling().requirements(job)).requirements().values())
                .extracting(required -> required.parallelism().upperBound())
                .containsOnly(1);

        answer(flink.rescaling().trigger(job, 1).result());
        answer(
                flink.rescaling()
                        .trigger(job, RescalingParameters.of(2).allowingStateLoss())
                        .result());
        awaitParallelism(job, 2);
    }

    @Test
    void aMaximumParallelismIsNotExceeded() throws Exception {
        JobId job = checkpointed();
        int tooMuch = SequenceJob.MAXIMUM_PARALLELISM + 1;

        refusal(job, RescalingParameters.of(tooMuch), 400)
                .contains(
                        vertices(job).get(SequenceJob.COUNT).value(),
                        String.valueOf(SequenceJob.MAXIMUM_PARALLELISM));
        refusal(job, RescalingParameters.of(0), 400).contains("Parameter 'parallelism'");
    }

    @Test
    void aDryRunTellsWhatWouldBe() throws Exception {
        JobId job = start();

        JobRescaleDryRun possible =
                answer(flink.rescaling().dryRun(job, RescalingParameters.of(SLOTS)));
        JobRescaleDryRun impossible =
                answer(flink.rescaling().dryRun(job, RescalingParameters.of(17)));

        JobVertexId count = vertices(job).get(SequenceJob.COUNT);
        assertThat(possible.vertices().get(count).preRescaleParallelism()).isEqualTo(1);
        assertThat(possible.vertices().get(count).desiredParallelism()).isEqualTo(SLOTS);
        assertThat(possible.vertices().get(count).maxParallelism())
                .isEqualTo(SequenceJob.MAXIMUM_PARALLELISM);
        assertThat(possible.vertices().get(vertices(job).get("numbers")).desiredParallelism())
                .isEqualTo(1);
        assertThat(possible.desiredSlots()).isEqualTo(SLOTS);
        assertThat(possible.preRescaleSlots() + possible.freeSlots()).isEqualTo(SLOTS);
        assertThat(possible.slotsAvailable()).isTrue();
        assertThat(possible.refusals()).singleElement().asString().contains("checkpoint");
        assertThat(impossible.slotsAvailable()).isFalse();
        assertThat(impossible.refusals()).hasSize(2);
        assertThat(parallelisms(answer(flink.jobs().details(job))))
                .isEqualTo(Map.of("numbers", 1, "count", 1));
    }

    /** Flink's own way. */
    @Test
    void requirementsThatAreChangedAreMet() throws Exception {
        JobId job = checkpointed();
        Map<JobVertexId, JobVertexResourceRequirements> requirements = new LinkedHashMap<>();
        vertices(job)
                .forEach(
                        (name, vertex) ->
                                requirements.put(
                                        vertex,
                                        new JobVertexResourceRequirements(
                                                new Parallelism(1, name.equals("count") ? 3 : 1))));
        JobResourceRequirementsBody body = new JobResourceRequirementsBody(requirements);

        answer(flink.rescaling().updateRequirements(job, body));

        assertThat(answer(flink.rescaling().requirements(job)).requirements())
                .containsExactlyInAnyOrderEntriesOf(requirements);
        awaitParallelism(job, 3);
    }

    @Test
    void oneKeyRescalesOnce() throws Exception {
        JobId job = checkpointed();
        HttpCalls http = new HttpCalls(cluster.uri());
        String key = UUID.randomUUID().toString();
        Callable<HttpResponse<String>> request =
                () ->
                        http.send(
                                "PATCH",
                                "/jobs/%s/rescaling?parallelism=2".formatted(job),
                                BodyPublishers.noBody(),
                                "Idempotency-Key",
                                key);
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        Set<String> answers = new TreeSet<>();
        try {
            for (Future<HttpResponse<String>> sent :
                    clients.invokeAll(Collections.nCopies(AT_ONCE, request))) {
                assertThat(sent.get().statusCode()).as(sent.get().body()).isEqualTo(200);
                answers.add(sent.get().body());
            }
        } finally {
            clients.shutdownNow();
        }

        assertThat(answers).hasSize(1);
        List<OperationDetails> operations =
                answer(flink.operations().list()).operations().stream()
                        .filter(operation -> job.equals(operation.jobId()))
                        .toList();
        assertThat(operations)
                .singleElement()
                .returns(OperationKind.RESCALING, OperationDetails::kind);
        answer(flink.rescaling().resume(job, operations.get(0).triggerId()).result());
    }

    @Test
    void everyEventOfALifeIsToldOnceAndInOrder(@TempDir Path folder) throws Exception {
        Path failure = folder.resolve("failure");
        JobId job = start(SELDOM, failure.toString());
        // The first one is taken at once, whatever the interval, and again after each restart.
        Await.job(flink, job).hasCompletedCheckpoint();
        List<String> told = new ArrayList<>();
        String last;
        try (JobEventStream events = JobEventStream.of(cluster.uri(), job)) {
            told.add(events.next());
            answer(flink.checkpoints().trigger(job).result());
            told.add(events.next());
            answer(
                    flink.savepoints()
                            .trigger(
                                    job,
                                    new SavepointTriggerRequestBody(
                                            folder.toUri().toString(), null, null, null))
                            .result());
            told.add(events.next());
            last = events.lastId();
        }
        Files.createFile(failure);
        Await.job(flink, job).isRestored();
        try (JobEventStream events = JobEventStream.of(cluster.uri(), job, last)) {
            told.addAll(events.until("checkpoint"));
            answer(flink.rescaling().trigger(job, 2).result());
            told.addAll(events.until("checkpoint"));
            answer(flink.jobs().cancel(job));
            told.addAll(events.untilEnd());
        }

        assertThat(told)
                .containsExactly(
                        "RUNNING",
                        "checkpoint COMPLETED",
                        "savepoint COMPLETED",
                        "RESTARTING",
                        "restart as it was told",
                        "RUNNING",
                        "checkpoint COMPLETED",
                        "RESTARTING",
                        "RUNNING",
                        "rescale 1 to 2",
                        "checkpoint COMPLETED",
                        "CANCELLING",
                        "CANCELED");
    }

    private AbstractStringAssert<?> refusal(JobId job, RescalingParameters parameters, int status) {
        FlinkRestException refused =
                (FlinkRestException)
                        failure(flink.rescaling().trigger(job, parameters).result())
                                .isInstanceOf(FlinkRestException.class)
                                .actual();
        assertThat(refused.status()).isEqualTo(status);
        return assertThat(refused.getMessage());
    }

    FlinkMonitoringClient flink() {
        return flink;
    }

    JobId checkpointed() throws Exception {
        JobId job = start(SOON);
        Await.job(flink, job).hasCompletedCheckpoint();
        return job;
    }

    private JobId start(String... arguments) throws Exception {
        JobId job =
                examples.start(
                        JarRunRequestBody.builder()
                                .entryClassName(SequenceJob.class.getName())
                                .programArguments(arguments)
                                .parallelism(1)
                                .build());
        Await.job(flink, job).isRunning();
        return job;
    }

    void awaitParallelism(JobId job, int expected) throws Exception {
        Await.untilTrue(
                "job %s runs with parallelism %d".formatted(job, expected),
                () ->
                        parallelisms(answer(flink.jobs().details(job)))
                                .equals(Map.of("numbers", 1, "count", expected)));
    }

    private static Map<String, Integer> parallelisms(JobDetailsInfo details) {
        return details.jobVertexInfos().stream()
                .collect(
                        Collectors.toMap(
                                vertex -> shortName(vertex.name()),
                                JobDetailsInfo.JobVertexDetailsInfo::parallelism));
    }

    private Map<String, JobVertexId> vertices(JobId job) {
        return answer(flink.jobs().details(job)).jobVertexInfos().stream()
                .collect(
                        Collectors.toMap(
                                vertex -> shortName(vertex.name()),
                                JobDetailsInfo.JobVertexDetailsInfo::jobVertexId));
    }

    private static String shortName(String name) {
        return name.contains("numbers") ? "numbers" : "count";
    }
}
