package dev.drey.client;

import static dev.drey.client.Futures.assertFailure;
import static dev.drey.client.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drey.client.async.OperationFailedException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.jobs.FailureLabel;
import dev.drey.client.jobs.JobArtifact;
import dev.drey.client.metrics.AggregatedMetrics;
import dev.drey.client.metrics.AggregatedMetricsQuery;
import dev.drey.client.metrics.Metrics;
import dev.drey.client.metrics.MetricsClient;
import dev.drey.client.metrics.SubtaskRange;
import dev.drey.client.rescaling.RescalingParameters;
import dev.drey.model.ApplicationId;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.JarId;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.RescaleUuid;
import dev.drey.model.ResourceId;
import dev.drey.model.TriggerId;
import dev.drey.model.checkpoints.CheckpointConfigInfo.ProcessingMode;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.checkpoints.SubtaskCheckpointStatistics.SubtaskStatus;
import dev.drey.model.checkpoints.TaskCheckpointStatisticsWithSubtaskDetails;
import dev.drey.model.jars.JarPlanRequestBody;
import dev.drey.model.jars.JarRunApplicationRequestBody;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jars.RecoveryClaimMode;
import dev.drey.model.jobmanager.ConfigurationInfoEntry;
import dev.drey.model.jobs.ApplicationStatus;
import dev.drey.model.jobs.ClientCoordinationRequestBody;
import dev.drey.model.jobs.ClientCoordinationResponseBody;
import dev.drey.model.jobs.ExecutionState;
import dev.drey.model.jobs.JobAccumulatorsInfo;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.jobs.UserAccumulator;
import dev.drey.model.metrics.AggregatedMetric;
import dev.drey.model.metrics.AggregationMode;
import dev.drey.model.metrics.Metric;
import dev.drey.model.metrics.MetricId;
import dev.drey.model.profiler.ProfilingInfo.ProfilingStatus;
import dev.drey.model.rescaling.JobRescaleConfigInfo;
import dev.drey.model.rescaling.JobRescaleDetails;
import dev.drey.model.rescaling.JobRescaleDetails.TerminalState;
import dev.drey.model.rescaling.JobRescaleDetails.TriggerCause;
import dev.drey.model.rescaling.JobRescaleDryRun;
import dev.drey.model.rescaling.JobResourceRequirementsBody;
import dev.drey.model.rescaling.JobResourceRequirementsBody.JobVertexResourceRequirements;
import dev.drey.model.rescaling.JobResourceRequirementsBody.Parallelism;
import dev.drey.model.taskmanagers.TaskManagerDetailsInfo;
import dev.drey.model.taskmanagers.TaskManagerMetricsInfo.GarbageCollectorInfo;
import dev.drey.model.vertices.FlameGraphType;
import dev.drey.model.vertices.JobVertexBackPressureInfo;
import dev.drey.model.vertices.JobVertexBackPressureInfo.VertexBackPressureLevel;
import dev.drey.model.vertices.JobVertexBackPressureInfo.VertexBackPressureStatus;
import dev.drey.model.vertices.JobVertexDetailsInfo;
import dev.drey.model.vertices.JobVertexTaskManagersInfo.TaskManagersInfo;
import dev.drey.model.vertices.SubtaskExecutionAttemptDetailsInfo;
import dev.drey.model.vertices.VertexFlameGraph;
import dev.drey.model.vertices.VertexFlameGraph.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each method asks for, and that it reads what Flink answers. */
class FeatureClientsTest {
    private static final JobId JOB = JobId.fromString("9d9ef62cf4bec2734c6b46510d7915ff");
    private static final ApplicationId APPLICATION = new ApplicationId(JOB.value());
    private static final ResourceId TASK_MANAGER = ResourceId.fromString("tm-1");
    private static final RescaleUuid RESCALE =
            RescaleUuid.fromString("cceee592263716534c68d61499d060ae");
    private static final JobVertexId VERTEX =
            JobVertexId.fromString("b2661969db4854994bd07b8fac9e10cc");
    private static final TriggerId TRIGGER =
            TriggerId.fromString("8b75eb024a970e497166138f4e876129");
    private static final MetricId SLOTS = MetricId.fromString("taskSlotsTotal");
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
        assertThat(
                        ask(
                                        "GET " + job + "/execution-result",
                                        "job-execution-result",
                                        c -> await(c.jobs().executionResult(JOB)))
                                .jobExecutionResult()
                                .applicationStatus())
                .isEqualTo(ApplicationStatus.FAILED);
        JobAccumulatorsInfo accumulators =
                ask(
                        "GET " + job + "/accumulators?includeSerializedValue=true",
                        "job-accumulators",
                        c -> await(c.jobs().accumulators(JOB, true)));
        assertThat(accumulators.userAccumulators())
                .extracting(UserAccumulator::name)
                .containsExactlyInAnyOrderElementsOf(
                        accumulators.serializedUserAccumulators().keySet());
        EmptyResponseBody cancelled =
                ask("PATCH " + job + "?mode=cancel", "empty", c -> await(c.jobs().cancel(JOB)));
        assertThat(cancelled).isNotNull();
    }

    @Test
    void heartbeatsOfAClient() throws Exception {
        EmptyResponseBody reported =
                ask(
                        "PATCH /v1/jobs/" + JOB + "/clientHeartbeat",
                        "empty",
                        c ->
                                await(
                                        c.jobs()
                                                .reportClientHeartbeat(
                                                        JOB,
                                                        Instant.ofEpochMilli(1_795_446_639_698L))));
        assertThat(reported).isNotNull();
        assertThat(bodies).last().isEqualTo("{\"expiredTimestamp\":1795446639698}");
    }

    @Test
    void coordinators() throws Exception {
        ClientCoordinationResponseBody response =
                ask(
                        "POST /v1/jobs/" + JOB + "/coordinators/a%20b%2Fc",
                        "coordination",
                        c ->
                                await(
                                        c.jobs()
                                                .deliverToCoordinator(
                                                        JOB,
                                                        "a b/c",
                                                        new ClientCoordinationRequestBody(
                                                                "AA=="))));
        assertThat(response.serializedCoordinationResult()).startsWith("rO0AB");
        assertThat(bodies).last().isEqualTo("{\"serializedCoordinationRequest\":\"AA==\"}");
    }

    @Test
    void endOfAnApplicationAndOfTheCluster() throws Exception {
        EmptyResponseBody cancelled =
                ask(
                        "POST /v1/applications/" + APPLICATION + "/cancel",
                        "empty",
                        c -> await(c.applications().cancel(APPLICATION)));
        assertThat(cancelled).isNotNull();
        EmptyResponseBody shutDown =
                ask("DELETE /v1/cluster", "empty", c -> await(c.cluster().shutDown()));
        assertThat(shutDown).isNotNull();
    }

    @Test
    void changeOfRequirements() throws Exception {
        EmptyResponseBody updated =
                ask(
                        "PUT /v1/jobs/" + JOB + "/resource-requirements",
                        "empty",
                        c ->
                                await(
                                        c.rescaling()
                                                .updateRequirements(
                                                        JOB,
                                                        new JobResourceRequirementsBody(
                                                                Map.of(
                                                                        VERTEX,
                                                                        new JobVertexResourceRequirements(
                                                                                new Parallelism(
                                                                                        1, 2)))))));
        assertThat(updated).isNotNull();
        assertThat(bodies)
                .last()
                .isEqualTo(
                        "{\"%s\":{\"parallelism\":{\"lowerBound\":1,\"upperBound\":2}}}"
                                .formatted(VERTEX));
    }

    @Test
    void dryRunOfARescaling() throws Exception {
        JobRescaleDryRun dryRun =
                ask(
                        "PATCH /v1/jobs/%s/rescaling?parallelism=4&restoreOnFailure=true&allowStateLoss=true&dryRun=true"
                                .formatted(JOB),
                        "rescale-dry-run",
                        c ->
                                await(
                                        c.rescaling()
                                                .dryRun(
                                                        JOB,
                                                        RescalingParameters.of(4)
                                                                .restoringOnFailure()
                                                                .allowingStateLoss())));

        assertThat(dryRun.vertices())
                .containsOnlyKeys(VERTEX)
                .extractingByKey(VERTEX)
                .satisfies(
                        vertex -> {
                            assertThat(vertex.preRescaleParallelism()).isEqualTo(1);
                            assertThat(vertex.desiredParallelism()).isEqualTo(4);
                            assertThat(vertex.maxParallelism()).isEqualTo(2);
                        });
        assertThat(dryRun.slotsAvailable()).isTrue();
        assertThat(dryRun.refusals()).singleElement().asString().contains("above the maximum");
    }

    @Test
    void aDryRunThatTellsNothingDoesNoHarm() throws Exception {
        JobRescaleDryRun dryRun =
                ask(
                        "PATCH /v1/jobs/%s/rescaling?parallelism=1&dryRun=true".formatted(JOB),
                        "empty",
                        c -> await(c.rescaling().dryRun(JOB, RescalingParameters.of(1))));

        assertThat(dryRun).isEqualTo(new JobRescaleDryRun(Map.of(), 0, 0, 0, false, List.of()));
    }

    @Test
    void exceptions() throws Exception {
        String exceptions = "/v1/jobs/" + JOB + "/exceptions";
        assertThat(
                        ask(
                                        "GET " + exceptions,
                                        "job-exceptions",
                                        c -> await(c.jobs().exceptions(JOB)))
                                .exceptionHistory()
                                .entries()
                                .get(1)
                                .taskManagerId())
                .isEqualTo(TASK_MANAGER);
        assertThat(
                        ask(
                                        "GET "
                                                + exceptions
                                                + "?maxExceptions=5"
                                                + "&failureLabelFilter=type%3AUSER"
                                                + "&failureLabelFilter=sent%20by%3Am%C3%A9%26you",
                                        "job-exceptions",
                                        c ->
                                                await(
                                                        c.jobs()
                                                                .exceptions(
                                                                        JOB,
                                                                        5,
                                                                        new FailureLabel(
                                                                                "type", "USER"),
                                                                        new FailureLabel(
                                                                                "sent by",
                                                                                "m\u00e9&you"))))
                                .exceptionHistory()
                                .truncated())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b", "a:b"})
    void aLabelThatCannotBeAskedForIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new FailureLabel(text, "value"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FailureLabel("key", text));
    }

    @Test
    void rescaling() throws Exception {
        String job = "GET /v1/jobs/" + JOB;
        assertThat(
                        ask(
                                        job + "/resource-requirements",
                                        "resource-requirements",
                                        c -> await(c.rescaling().requirements(JOB)))
                                .requirements())
                .hasSize(3)
                .containsEntry(
                        JobVertexId.fromString("61ca223e311515435dfaa7ba1cb0bde4"),
                        new JobVertexResourceRequirements(new Parallelism(1, 2)));
        JobRescaleConfigInfo configuration =
                ask(
                        job + "/rescales/config",
                        "rescales-config",
                        c -> await(c.rescaling().configuration(JOB)));
        assertThat(configuration)
                .isEqualTo(
                        new JobRescaleConfigInfo(
                                20, null, 300_000L, 10_000L, 50_000L, 1_000L, 1_000L, 6_000L, 2));
        assertThat(
                        ask(
                                        job + "/rescales/overview",
                                        "rescales-overview",
                                        c -> await(c.rescaling().overview(JOB)))
                                .latest()
                                .completed()
                                .triggerCause())
                .isEqualTo(TriggerCause.RECOVERABLE_FAILOVER);
        assertThat(
                        ask(
                                        job + "/rescales/summary",
                                        "rescales-summary",
                                        c -> await(c.rescaling().summary(JOB)))
                                .failedRescalesDurationStats()
                                .p50())
                .isNaN();
        assertThat(
                        ask(
                                        job + "/rescales/history",
                                        "rescales-history",
                                        c -> await(c.rescaling().history(JOB)))
                                .rescales())
                .hasSize(2)
                .allMatch(rescale -> rescale.terminalState() == TerminalState.COMPLETED);
        JobRescaleDetails rescale =
                ask(
                        job + "/rescales/details/" + RESCALE,
                        "rescale",
                        c -> await(c.rescaling().details(JOB, RESCALE)));
        assertThat(rescale.rescaleUuid()).isEqualTo(RESCALE);
        assertThat(rescale.slots())
                .allSatisfy(
                        (id, slots) -> {
                            assertThat(slots.slotSharingGroupId()).isEqualTo(id);
                            assertThat(slots.preRescaleSlots()).isNull();
                        });
        assertThat(rescale.vertices())
                .isNotEmpty()
                .allSatisfy((id, vertex) -> assertThat(vertex.jobVertexId()).isEqualTo(id));
    }

    @Test
    void logUrls() throws Exception {
        assertThat(
                        ask(
                                        "GET /v1/jobs/" + JOB + "/jobmanager/log-url",
                                        "jobmanager-log-url",
                                        c -> await(c.jobManager().logUrl(JOB)))
                                .url())
                .endsWith("/#/job-manager/logs");
        assertThat(
                        ask(
                                        "GET /v1/jobs/" + JOB + "/taskmanagers/tm-1/log-url",
                                        "taskmanager-log-url",
                                        c ->
                                                await(
                                                        c.jobManager()
                                                                .taskManagerLogUrl(
                                                                        JOB, TASK_MANAGER)))
                                .url())
                .endsWith("/#/task-manager/tm-1/logs");
    }

    @Test
    void vertices() throws Exception {
        String vertex = "/v1/jobs/" + JOB + "/vertices/" + VERTEX;
        JobVertexDetailsInfo details =
                ask(
                        "GET " + vertex,
                        "vertex-details",
                        c -> await(c.vertices().details(JOB, VERTEX)));
        assertThat(details.subtasks()).hasSize(details.parallelism());
        assertThat(details.aggregated().metrics().get("read-bytes").sum())
                .isEqualTo(
                        details.subtasks().stream()
                                .mapToLong(subtask -> subtask.ioMetricsInfo().bytesRead())
                                .sum())
                .isPositive();
        assertThat(
                        ask(
                                        "GET " + vertex + "/taskmanagers",
                                        "vertex-taskmanagers",
                                        c -> await(c.vertices().taskManagers(JOB, VERTEX)))
                                .taskManagers())
                .extracting(TaskManagersInfo::taskManagerId)
                .doesNotContainNull()
                .isNotEmpty();
        assertThat(
                        ask(
                                        "GET " + vertex + "/subtasktimes",
                                        "subtask-times",
                                        c -> await(c.vertices().subtaskTimes(JOB, VERTEX)))
                                .subtasks())
                .isNotEmpty()
                .allMatch(subtask -> subtask.timestamps().get(ExecutionState.SCHEDULED) > 0);
        assertThat(
                        ask(
                                        "GET " + vertex + "/accumulators",
                                        "vertex-accumulators",
                                        c -> await(c.vertices().accumulators(JOB, VERTEX)))
                                .userAccumulators())
                .isNotEmpty();
        assertThat(
                        ask(
                                        "GET " + vertex + "/subtasks/accumulators",
                                        "subtasks-accumulators",
                                        c -> await(c.vertices().subtasksAccumulators(JOB, VERTEX)))
                                .subtasks())
                .isNotEmpty()
                .allMatch(subtask -> !subtask.userAccumulators().isEmpty());
    }

    @Test
    void flameGraphs() throws Exception {
        String graph = "/v1/jobs/" + JOB + "/vertices/" + VERTEX + "/flamegraph";
        VertexFlameGraph.Node root =
                ask(
                                "GET " + graph + "?type=FULL",
                                "vertex-flamegraph",
                                c ->
                                        await(
                                                c.vertices()
                                                        .flameGraph(
                                                                JOB, VERTEX, FlameGraphType.FULL)))
                        .data();
        assertThat(root.name()).isEqualTo("root");
        assertThat(root.value())
                .isEqualTo(root.children().stream().mapToInt(Node::value).sum())
                .isPositive();
        assertThat(
                        ask(
                                        "GET " + graph + "?type=OFF_CPU&subtaskindex=1",
                                        "empty",
                                        c ->
                                                await(
                                                        c.vertices()
                                                                .flameGraph(
                                                                        JOB,
                                                                        VERTEX,
                                                                        1,
                                                                        FlameGraphType.OFF_CPU)))
                                .data())
                .isNull();
    }

    @Test
    void profiler() throws Exception {
        assertThat(
                        ask(
                                        "GET /v1/jobmanager/profiler",
                                        "jobmanager-profiler",
                                        c -> await(c.profiler().ofJobManager()))
                                .profilingInfos())
                .isNotEmpty()
                .allMatch(profile -> profile.status() == ProfilingStatus.FINISHED)
                .allMatch(profile -> profile.outputFile().endsWith(".html"));
        assertThat(
                        ask(
                                        "GET /v1/taskmanagers/tm-1/profiler",
                                        "taskmanager-profiler",
                                        c -> await(c.profiler().ofTaskManager(TASK_MANAGER)))
                                .profilingInfos())
                .isNotEmpty()
                .allMatch(profile -> profile.finishedTime() >= profile.triggerTime());
    }

    @Test
    void attempts() throws Exception {
        String subtask = "/v1/jobs/" + JOB + "/vertices/" + VERTEX + "/subtasks/1";
        SubtaskExecutionAttemptDetailsInfo current =
                ask(
                        "GET " + subtask,
                        "subtask",
                        c -> await(c.vertices().currentAttempt(JOB, VERTEX, 1)));
        assertThat(current.subtaskIndex()).isEqualTo(1);
        assertThat(current.statusDuration()).hasSize(5);
        assertThat(current.otherConcurrentAttempts()).isNull();
        assertThat(
                        ask(
                                        "GET " + subtask + "/attempts/2",
                                        "attempt",
                                        c -> await(c.vertices().attempt(JOB, VERTEX, 1, 2)))
                                .endpoint())
                .isEqualTo(current.endpoint());
        assertThat(
                        ask(
                                        "GET " + subtask + "/attempts/2/accumulators",
                                        "attempt-accumulators",
                                        c ->
                                                await(
                                                        c.vertices()
                                                                .attemptAccumulators(
                                                                        JOB, VERTEX, 1, 2)))
                                .userAccumulators())
                .isNotEmpty();
    }

    @Test
    void backPressure() throws Exception {
        String request = "GET /v1/jobs/" + JOB + "/vertices/" + VERTEX + "/backpressure";
        JobVertexBackPressureInfo known =
                ask(request, "backpressure", c -> await(c.vertices().backPressure(JOB, VERTEX)));
        assertThat(known.status()).isEqualTo(VertexBackPressureStatus.OK);
        assertThat(known.backpressureLevel()).isEqualTo(VertexBackPressureLevel.OK);
        assertThat(known.subtasks()).hasSize(2).allMatch(subtask -> subtask.idleRatio() > 0.9);
        JobVertexBackPressureInfo unknown =
                ask(
                        request,
                        "backpressure-unknown",
                        c -> await(c.vertices().backPressure(JOB, VERTEX)));
        assertThat(unknown.status()).isEqualTo(VertexBackPressureStatus.DEPRECATED);
        assertThat(unknown.subtasks()).isNull();
    }

    @Test
    void metricsOfOnePart() throws Exception {
        String vertex = "/v1/jobs/" + JOB + "/vertices/" + VERTEX;
        assertMetrics("/v1/jobmanager/metrics", MetricsClient::ofJobManager);
        assertMetrics("/v1/taskmanagers/tm-1/metrics", c -> c.ofTaskManager(TASK_MANAGER));
        assertMetrics("/v1/jobs/" + JOB + "/metrics", c -> c.ofJob(JOB));
        assertMetrics(vertex + "/metrics", c -> c.ofVertex(JOB, VERTEX));
        assertMetrics(vertex + "/subtasks/1/metrics", c -> c.ofSubtask(JOB, VERTEX, 1));
        assertMetrics(vertex + "/jm-operator-metrics", c -> c.ofJobManagerOperators(JOB, VERTEX));
        assertThat(
                        ask(
                                        "GET " + vertex + "/watermarks",
                                        "watermarks",
                                        c -> await(c.metrics().watermarks(JOB, VERTEX)))
                                .metrics())
                .extracting(Metric::value)
                .containsExactly("1795424689896", "1795424689896");
    }

    private void assertMetrics(String path, Function<MetricsClient, Metrics> part)
            throws Exception {
        List<MetricId> names =
                ask("GET " + path, "metrics-names", c -> await(part.apply(c.metrics()).list()));
        assertThat(names)
                .containsExactly(
                        MetricId.fromString("Status.JVM.Memory.Mapped.TotalCapacity"),
                        MetricId.fromString("taskSlotsAvailable"));
        assertThat(
                        ask(
                                        "GET " + path + "?get=taskSlotsTotal%2Ca%20%26%20b",
                                        "metrics-values",
                                        c ->
                                                await(
                                                        part.apply(c.metrics())
                                                                .get(
                                                                        SLOTS,
                                                                        MetricId.fromString(
                                                                                "a & b"))))
                                .metrics())
                .extracting(Metric::value)
                .containsExactly("0.014941445685825817", "8", "n/a", "NaN");
    }

    @Test
    void metricsOverSeveralParts() throws Exception {
        String subtasks = "/v1/jobs/" + JOB + "/vertices/" + VERTEX + "/subtasks/metrics";
        ResourceId other = ResourceId.fromString("tm-2");
        assertAggregated("/v1/jobs/metrics", MetricsClient::overJobs);
        assertAggregated("/v1/jobs/metrics?jobs=" + JOB, c -> c.overJobs(JOB));
        assertAggregated("/v1/taskmanagers/metrics", MetricsClient::overTaskManagers);
        assertAggregated(
                "/v1/taskmanagers/metrics?taskmanagers=tm-1%2Ctm-2",
                c -> c.overTaskManagers(TASK_MANAGER, other));
        assertAggregated(subtasks, c -> c.overSubtasks(JOB, VERTEX));
        assertAggregated(
                subtasks + "?subtasks=3-3%2C5-9",
                c -> c.overSubtasks(JOB, VERTEX, SubtaskRange.of(3), SubtaskRange.of(5, 9)));
    }

    private void assertAggregated(String path, Function<MetricsClient, AggregatedMetrics> parts)
            throws Exception {
        List<MetricId> names =
                ask("GET " + path, "metrics-names", c -> await(parts.apply(c.metrics()).list()));
        assertThat(names).hasSize(2);
        String values = "GET " + path + (path.contains("?") ? "&" : "?") + "get=taskSlotsTotal";
        AggregatedMetricsQuery query = AggregatedMetricsQuery.of(SLOTS, SLOTS);
        List<AggregatedMetric> metrics =
                ask(values, "metrics-aggregated", c -> await(parts.apply(c.metrics()).get(query)))
                        .metrics();
        assertThat(metrics.get(1).skew()).isEqualTo(0.0023938564069172874);
        assertThat(metrics.get(2).min()).isNaN();
        assertThat(metrics.get(2).sum()).isNull();
        ask(
                values + "&agg=max%2Cskew",
                "metrics-aggregated",
                c ->
                        await(
                                parts.apply(c.metrics())
                                        .get(
                                                query.aggregatedBy(
                                                        AggregationMode.SKEW,
                                                        AggregationMode.MAX,
                                                        AggregationMode.MAX))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a,b"})
    void metricsThatNoClusterCanBeAskedForAreRefused(String name) {
        MetricId metric = MetricId.fromString(name);
        assertThatIllegalArgumentException().isThrownBy(() -> AggregatedMetricsQuery.of(metric));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AggregatedMetricsQuery.of(SLOTS, metric));
    }

    @Test
    void subtasksThatCannotBeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SubtaskRange.of(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> SubtaskRange.of(2, 1));
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
                                                                                .recoveryClaimMode(
                                                                                        RecoveryClaimMode
                                                                                                .CLAIM)
                                                                                .build())))
                                .jobId())
                .isNotNull();
        assertThat(bodies).last().isEqualTo("{\"parallelism\":2,\"restoreMode\":\"CLAIM\"}");
        assertThat(
                        ask(
                                        "POST " + jar + "/run-application",
                                        "jar-run-application",
                                        c ->
                                                await(
                                                        c.jars()
                                                                .runApplication(
                                                                        JAR,
                                                                        JarRunApplicationRequestBody
                                                                                .builder()
                                                                                .applicationId(
                                                                                        APPLICATION)
                                                                                .build())))
                                .applicationId())
                .isNotNull();
        assertThat(bodies).last().isEqualTo("{\"applicationId\":\"" + APPLICATION + "\"}");
        assertThat(
                        ask("GET " + jar + "/plan", "jar-plan", c -> await(c.jars().plan(JAR)))
                                .plan()
                                .nodes())
                .isNotEmpty();
        assertThat(
                        ask(
                                        "POST " + jar + "/plan",
                                        "jar-plan",
                                        c ->
                                                await(
                                                        c.jars()
                                                                .plan(
                                                                        JAR,
                                                                        JarPlanRequestBody.builder()
                                                                                .parallelism(3)
                                                                                .build())))
                                .plan()
                                .nodes())
                .isNotEmpty();
        assertThat(bodies).last().isEqualTo("{\"parallelism\":3}");
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
    void aJobIsSubmittedWithItsFiles(@TempDir Path folder) throws Exception {
        Path plan = Files.writeString(folder.resolve("any.bin"), "the plan");
        Path jar = Files.writeString(folder.resolve("job.jar"), "the classes");
        Path sameName =
                Files.writeString(
                        Files.createDirectory(folder.resolve("other")).resolve("job.jar"),
                        "more classes");
        Path table = Files.writeString(folder.resolve("t.csv"), "the table");

        assertThat(
                        ask(
                                        "POST /v1/jobs",
                                        "job-submit",
                                        c ->
                                                await(
                                                        c.jobs()
                                                                .submit(
                                                                        plan,
                                                                        List.of(jar, sameName),
                                                                        List.of(
                                                                                new JobArtifact(
                                                                                        "table",
                                                                                        table)))))
                                .jobId()
                                .value())
                .matches("[0-9a-f]{32}");
        assertThat(bodies)
                .last()
                .asString()
                .containsSubsequence(
                        "name=\"request\"",
                        "\r\n\r\n{\"executionPlanFileName\":\"plan\","
                                + "\"jobJarFileNames\":[\"0-job.jar\",\"1-job.jar\"],"
                                + "\"jobArtifactFileNames\":"
                                + "[{\"entryName\":\"table\",\"fileName\":\"artifact-0-t.csv\"}],"
                                + "\"jobGraphFileName\":\"plan\"}\r\n--",
                        "filename=\"plan\"",
                        "\r\n\r\nthe plan\r\n--",
                        "filename=\"0-job.jar\"",
                        "\r\n\r\nthe classes\r\n--",
                        "filename=\"1-job.jar\"",
                        "\r\n\r\nmore classes\r\n--",
                        "filename=\"artifact-0-t.csv\"",
                        "\r\n\r\nthe table\r\n--");
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
            assertThat(request.endsWith("/config") ? server.heads() : server.headsOfCalls())
                    .singleElement()
                    .asString()
                    .startsWith(request + " HTTP/1.1\r\n");
            return result;
        }
    }
}
