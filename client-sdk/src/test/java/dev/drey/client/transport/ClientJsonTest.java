package dev.drey.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.client.Fixtures;
import dev.drey.model.IntermediateDataSetId;
import dev.drey.model.JobVertexId;
import dev.drey.model.RawJson;
import dev.drey.model.applications.ApplicationExceptionsInfoWithHistory;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.async.QueueStatus;
import dev.drey.model.async.TriggerResponse;
import dev.drey.model.checkpoints.CheckpointInfo;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.checkpoints.CheckpointingStatistics;
import dev.drey.model.checkpoints.StatsSummaryDto;
import dev.drey.model.checkpoints.SubtaskCheckpointStatistics;
import dev.drey.model.checkpoints.TaskCheckpointStatisticsWithSubtaskDetails;
import dev.drey.model.cluster.ClusterOverviewWithVersion;
import dev.drey.model.cluster.DashboardConfiguration;
import dev.drey.model.datasets.ClusterDataSetEntry;
import dev.drey.model.datasets.ClusterDataSetListResponseBody;
import dev.drey.model.error.ErrorResponseBody;
import dev.drey.model.jars.JarListInfo;
import dev.drey.model.jars.JarRunResponseBody;
import dev.drey.model.jars.JarUploadResponseBody;
import dev.drey.model.jobmanager.ConfigurationInfo;
import dev.drey.model.jobmanager.EnvironmentInfo;
import dev.drey.model.jobmanager.LogUrlResponse;
import dev.drey.model.jobs.ApplicationStatus;
import dev.drey.model.jobs.ExecutionState;
import dev.drey.model.jobs.JobDetailsInfo;
import dev.drey.model.jobs.JobExceptionsInfoWithHistory;
import dev.drey.model.jobs.JobExecutionResultResponseBody;
import dev.drey.model.jobs.JobIdsWithStatusOverview;
import dev.drey.model.jobs.JobPlanInfo;
import dev.drey.model.jobs.JobResult;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.jobs.JobStatusInfo;
import dev.drey.model.jobs.JobType;
import dev.drey.model.jobs.MultipleJobsDetails;
import dev.drey.model.jobs.SchedulerType;
import dev.drey.model.rescaling.JobRescaleConfigInfo;
import dev.drey.model.rescaling.JobRescaleConfigInfo.SchedulerExecutionMode;
import dev.drey.model.rescaling.JobRescaleDetails;
import dev.drey.model.rescaling.JobRescaleDetails.TerminalState;
import dev.drey.model.rescaling.JobRescaleDetails.TerminatedReason;
import dev.drey.model.rescaling.JobRescaleDetails.TriggerCause;
import dev.drey.model.rescaling.JobRescaleDryRun;
import dev.drey.model.rescaling.JobRescalesHistory;
import dev.drey.model.rescaling.JobRescalesOverview;
import dev.drey.model.rescaling.JobRescalesSummary;
import dev.drey.model.rescaling.JobResourceRequirementsBody;
import dev.drey.model.savepoints.SavepointInfo;
import dev.drey.model.taskmanagers.TaskManagerDetailsInfo;
import dev.drey.model.taskmanagers.TaskManagersInfo;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client reads what Flink sends, loses none of it, and survives a newer Flink. */
class ClientJsonTest {
    private final ObjectMapper json = ClientJson.mapper();

    static Stream<Arguments> fixtures() {
        return Stream.of(
                Arguments.of("overview", ClusterOverviewWithVersion.class),
                Arguments.of("config", DashboardConfiguration.class),
                Arguments.of("jobs", JobIdsWithStatusOverview.class),
                Arguments.of("jobs-overview", MultipleJobsDetails.class),
                Arguments.of("job-details", JobDetailsInfo.class),
                Arguments.of("job-status", JobStatusInfo.class),
                Arguments.of("job-plan", JobPlanInfo.class),
                Arguments.of("job-exceptions", JobExceptionsInfoWithHistory.class),
                Arguments.of("job-execution-result", JobExecutionResultResponseBody.class),
                Arguments.of("checkpoints", CheckpointingStatistics.class),
                Arguments.of("resource-requirements", JobResourceRequirementsBody.class),
                Arguments.of("rescales-config", JobRescaleConfigInfo.class),
                Arguments.of("rescales-overview", JobRescalesOverview.class),
                Arguments.of("rescales-summary", JobRescalesSummary.class),
                Arguments.of("rescales-history", JobRescalesHistory.class),
                Arguments.of("rescale", JobRescaleDetails.class),
                Arguments.of("rescale-dry-run", JobRescaleDryRun.class),
                Arguments.of("taskmanagers", TaskManagersInfo.class),
                Arguments.of("jobmanager-log-url", LogUrlResponse.class),
                Arguments.of("checkpoint", CheckpointStatistics.class),
                Arguments.of(
                        "checkpoint-subtasks", TaskCheckpointStatisticsWithSubtaskDetails.class),
                Arguments.of("application-exceptions", ApplicationExceptionsInfoWithHistory.class),
                Arguments.of("taskmanagers", TaskManagersInfo.class),
                Arguments.of("taskmanager", TaskManagerDetailsInfo.class),
                Arguments.of("jobmanager-config", ConfigurationInfo.class),
                Arguments.of("jobmanager-environment", EnvironmentInfo.class),
                Arguments.of("datasets", ClusterDataSetListResponseBody.class),
                Arguments.of("jars", JarListInfo.class),
                Arguments.of("jar-upload", JarUploadResponseBody.class),
                Arguments.of("jar-run", JarRunResponseBody.class),
                Arguments.of("savepoint-trigger", TriggerResponse.class),
                Arguments.of("error-internal", ErrorResponseBody.class),
                Arguments.of("error-not-found", ErrorResponseBody.class));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void nothingThatFlinkSendsIsLost(String fixture, Class<?> type) throws Exception {
        assertSurvives(fixture, json.constructType(type));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void fieldsOfANewerFlinkAreIgnored(String fixture, Class<?> type) throws Exception {
        JsonNode newer = json.readTree(Fixtures.text(fixture));
        addFieldEverywhere(newer);
        assertThat(json.readValue(newer.toString(), type))
                .isEqualTo(json.readValue(Fixtures.text(fixture), type));
    }

    @Test
    void savepointsSurvive() throws Exception {
        JavaType type =
                json.getTypeFactory()
                        .constructParametricType(
                                AsynchronousOperationResult.class, SavepointInfo.class);
        assertSurvives("savepoint-completed", type);
        assertSurvives("savepoint-failed", type);
    }

    @Test
    void triggeredCheckpointsSurvive() throws Exception {
        JavaType type =
                json.getTypeFactory()
                        .constructParametricType(
                                AsynchronousOperationResult.class, CheckpointInfo.class);
        assertSurvives("checkpoint-completed", type);
        assertSurvives("checkpoint-failed", type);
    }

    @Test
    void dataSetsAreRead() throws Exception {
        assertThat(
                        json.readValue(
                                        "{\"dataSets\":[{\"id\":\"0123456789abcdef0123456789abcdef\","
                                                + "\"isComplete\":true}]}",
                                        ClusterDataSetListResponseBody.class)
                                .dataSets())
                .containsExactly(
                        new ClusterDataSetEntry(
                                IntermediateDataSetId.fromString(
                                        "0123456789abcdef0123456789abcdef"),
                                true));
    }

    @Test
    void enumValuesOfANewerFlinkAreUnknown() throws Exception {
        assertThat(json.readValue("{\"status\":\"PAUSED\"}", JobStatusInfo.class).status())
                .isEqualTo(JobStatus.UNKNOWN);
        assertThat(json.readValue("{\"id\":\"QUEUED\"}", QueueStatus.class).id())
                .isEqualTo(QueueStatus.Id.UNKNOWN);
        assertThat(
                        json.readValue(
                                        "{\"className\":\"pending\",\"status\":\"merging\"}",
                                        SubtaskCheckpointStatistics.class)
                                .status())
                .isEqualTo(SubtaskCheckpointStatistics.SubtaskStatus.UNKNOWN);
        assertThat(json.readValue("\"Predictive\"", SchedulerType.class))
                .isEqualTo(SchedulerType.UNKNOWN);
        assertThat(json.readValue("\"Adaptive\"", SchedulerType.class))
                .isEqualTo(SchedulerType.ADAPTIVE);
        assertThat(json.readValue("{\"application-status\":\"LOST\"}", JobResult.class))
                .returns(ApplicationStatus.UNKNOWN, JobResult::applicationStatus);
        assertThat(
                        json.readValue(
                                "{\"schedulerExecutionMode\":\"LAZY\"}",
                                JobRescaleConfigInfo.class))
                .returns(
                        SchedulerExecutionMode.UNKNOWN,
                        JobRescaleConfigInfo::schedulerExecutionMode);
        assertThat(
                        json.readValue(
                                "{\"terminalState\":\"MERGED\",\"terminatedReason\":\"MERGED\","
                                        + "\"triggerCause\":\"LOAD\"}",
                                JobRescaleDetails.class))
                .returns(TerminalState.UNKNOWN, JobRescaleDetails::terminalState)
                .returns(TerminatedReason.UNKNOWN, JobRescaleDetails::terminatedReason)
                .returns(TriggerCause.UNKNOWN, JobRescaleDetails::triggerCause);
        assertThat(json.readValue("{\"type\":\"ENDLESS\"}", JobPlanInfo.Plan.class).jobType())
                .isEqualTo(JobType.UNKNOWN);
    }

    @Test
    void mapKeysAreEnumsAndIds() throws Exception {
        JobDetailsInfo job =
                json.readValue(
                        "{\"timestamps\":{\"RUNNING\":5,\"PAUSED\":6},"
                                + "\"status-counts\":{\"RUNNING\":1,\"PAUSED\":2}}",
                        JobDetailsInfo.class);
        assertThat(job.timestamps())
                .isEqualTo(Map.of(JobStatus.RUNNING, 5L, JobStatus.UNKNOWN, 6L));
        assertThat(job.jobVerticesPerState())
                .isEqualTo(Map.of(ExecutionState.RUNNING, 1, ExecutionState.UNKNOWN, 2));
        CheckpointStatistics checkpoint =
                json.readValue(
                        "{\"className\":\"in_progress\",\"id\":3,\"tasks\":"
                                + "{\"0123456789abcdef0123456789abcdef\":{\"id\":3}}}",
                        CheckpointStatistics.class);
        assertThat(checkpoint.checkpointStatisticsPerTask())
                .containsOnlyKeys(JobVertexId.fromString("0123456789abcdef0123456789abcdef"));
    }

    @Test
    void subtypesOfANewerFlinkAreNull() throws Exception {
        CheckpointingStatistics statistics =
                json.readValue(
                        "{\"history\":[{\"className\":\"completed\",\"id\":1},"
                                + "{\"className\":\"merged\",\"id\":2}]}",
                        CheckpointingStatistics.class);
        assertThat(statistics.history()).hasSize(2);
        assertThat(statistics.history().get(0)).isInstanceOf(CheckpointStatistics.Completed.class);
        assertThat(statistics.history().get(1)).isNull();
    }

    @Test
    void notANumberIsAString() throws Exception {
        StatsSummaryDto summary =
                json.readValue("{\"min\":1,\"p50\":\"NaN\",\"p90\":2.5}", StatsSummaryDto.class);
        assertThat(summary.p50()).isNaN();
        assertThat(summary.p90()).isEqualTo(2.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,2,{\"b\":null}],\"c\":\"\\\"\"}",
                "[]",
                "\"text\"",
                "12345678901234567890",
                "true"
            })
    void rawJsonIsItsText(String text) throws Exception {
        JobPlanInfo.Node node =
                json.readValue(
                        "{\"operator\":\"o\",\"optimizer_properties\":%s,\"parallelism\":3}"
                                .formatted(text),
                        JobPlanInfo.Node.class);
        assertThat(node.optimizerProperties()).isEqualTo(new RawJson(text));
        assertThat(node.parallelism()).isEqualTo(3);
    }

    @Test
    void rawJsonMayBeMissing() throws Exception {
        assertThat(json.readValue("{}", JobPlanInfo.Node.class).optimizerProperties()).isNull();
        assertThat(
                        json.readValue("{\"optimizer_properties\":null}", JobPlanInfo.Node.class)
                                .optimizerProperties())
                .isNull();
    }

    private void assertSurvives(String fixture, JavaType type) throws Exception {
        JsonNode sent = json.readTree(Fixtures.text(fixture));
        JsonNode kept =
                json.readTree(json.writeValueAsString(json.readValue(sent.toString(), type)));
        assertThat(withoutNulls(kept)).isEqualTo(withoutNulls(sent));
    }

    /** A field that is null and one that is missing read alike. */
    private static JsonNode withoutNulls(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            object.forEachEntry(
                    (name, value) -> {
                        if (!value.isNull()) {
                            kept.set(name, withoutNulls(value));
                        }
                    });
            return kept;
        }
        if (tree.isArray()) {
            var kept = JsonNodeFactory.instance.arrayNode();
            tree.forEach(element -> kept.add(withoutNulls(element)));
            return kept;
        }
        return tree;
    }

    private static void addFieldEverywhere(JsonNode tree) {
        tree.forEach(ClientJsonTest::addFieldEverywhere);
        if (tree instanceof ObjectNode object && !isMap(object)) {
            object.putObject("ofANewerFlink").put("nested", 1);
        }
    }

    private static boolean isMap(ObjectNode object) {
        return object.isEmpty()
                || object.has("CREATED")
                || object.has("max value")
                || object.fieldNames().next().matches("[0-9a-f]{32}");
    }
}
