package dev.drey.server.rescaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.rest.handler.RestHandlerException;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.rest.messages.job.rescales.JobRescaleConfigInfo;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.adaptive.timeline.Rescale;
import org.apache.flink.runtime.scheduler.adaptive.timeline.TerminatedReason;
import org.apache.flink.runtime.scheduler.adaptive.timeline.TriggerCause;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RescalingResourceTest {

    private static final JobID ADAPTIVE = new JobID(0, 1);
    private static final JobID OTHER = new JobID(0, 2);
    private static final JobID UNKNOWN = new JobID(0, 3);
    private static final JobID BUSY = new JobID(0, 4);
    private static final JobVertexID VERTEX = new JobVertexID(1, 2);

    private static final Rescales RESCALES = new Rescales();
    private static final Rescale RESCALE =
            RESCALES.end(TriggerCause.INITIAL_SCHEDULE, 340, TerminatedReason.SUCCEEDED);

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .dispatcher(
                            withRequirements(
                                    TestingDispatcherGateway.newBuilder()
                                            .setRequestExecutionGraphInfoFunction(
                                                    RescalingResourceTest::graph)
                                            .build()))
                    .start();

    private static CompletableFuture<ExecutionGraphInfo> graph(JobID job) {
        if (job.equals(UNKNOWN)) {
            return CompletableFuture.failedFuture(new FlinkJobNotFoundException(job));
        }
        boolean adaptive = job.equals(ADAPTIVE);
        return CompletableFuture.completedFuture(
                new ExecutionGraphInfo(
                        new ArchivedExecutionGraphBuilder().setJobID(job).build(),
                        List.of(),
                        adaptive ? SchedulerType.Adaptive : SchedulerType.Default,
                        adaptive
                                ? new JobRescaleConfigInfo(20, null, 1L, 2L, 3L, 4L, 5L, 6L, 7)
                                : null,
                        adaptive ? RESCALES.snapshot() : null));
    }

    /** Flink's fake is final, and its builder has nothing for resource requirements. */
    private static DispatcherGateway withRequirements(DispatcherGateway others) {
        return (DispatcherGateway)
                Proxy.newProxyInstance(
                        DispatcherGateway.class.getClassLoader(),
                        new Class<?>[] {DispatcherGateway.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "requestJobResourceRequirements" ->
                                            requirements((JobID) arguments[0]);
                                    case "updateJobResourceRequirements" ->
                                            update(
                                                    (JobID) arguments[0],
                                                    (JobResourceRequirements) arguments[1]);
                                    default -> method.invoke(others, arguments);
                                });
    }

    private static CompletableFuture<JobResourceRequirements> requirements(JobID job) {
        if (job.equals(ADAPTIVE)) {
            return CompletableFuture.completedFuture(
                    JobResourceRequirements.newBuilder()
                            .setParallelismForJobVertex(new JobVertexID(1, 2), 1, 4)
                            .build());
        }
        return CompletableFuture.failedFuture(
                job.equals(OTHER)
                        ? new UnsupportedOperationException("The DefaultScheduler does not")
                        : new FlinkJobNotFoundException(job));
    }

    /** As Flink's dispatcher does it, which says in its answer what is wrong with a request. */
    private static CompletableFuture<Acknowledge> update(
            JobID job, JobResourceRequirements requirements) {
        if (job.equals(ADAPTIVE)) {
            List<String> faults = JobResourceRequirements.validate(requirements, Map.of(VERTEX, 8));
            return faults.isEmpty()
                    ? CompletableFuture.completedFuture(Acknowledge.get())
                    : CompletableFuture.failedFuture(
                            new RestHandlerException(
                                    String.join("\n", faults), HttpResponseStatus.BAD_REQUEST));
        }
        if (job.equals(BUSY)) {
            return CompletableFuture.failedFuture(
                    new RestHandlerException(
                            "Another one is in progress", HttpResponseStatus.CONFLICT));
        }
        return CompletableFuture.failedFuture(
                job.equals(OTHER)
                        ? new UnsupportedOperationException("The DefaultScheduler does not")
                        : new FlinkJobNotFoundException(job));
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "8, 8", "-1, -1", "-1, 3"})
    void requirementsAreChanged(int lower, int upper) {
        assertThat(put(ADAPTIVE, VERTEX, lower, upper).expect(200).body()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "2, 1", "1, 9", "-2, 1"})
    void boundsThatCannotBeAreRefusedByTheirVertex(int lower, int upper) {
        assertThat(put(ADAPTIVE, VERTEX, lower, upper).refused(400))
                .contains(VERTEX.toString(), String.valueOf(upper));
    }

    @Test
    void allThatIsWrongIsToldOnOneLine() {
        assertThat(put(ADAPTIVE, new JobVertexID(9, 9), 1, 1).refused(400))
                .contains(VERTEX.toString(), new JobVertexID(9, 9).toString());
    }

    @Test
    void requirementsThatCannotBeChangedAreRefused() {
        assertThat(put(UNKNOWN, VERTEX, 1, 1).refused(404))
                .isEqualTo(
                        "Job %s is not running: only a running job has resource requirements"
                                .formatted(UNKNOWN));
        assertThat(put(OTHER, VERTEX, 1, 1).refused(409))
                .isEqualTo(
                        "The resource requirements of job %s cannot be changed: The DefaultScheduler does not"
                                .formatted(OTHER));
        assertThat(put(BUSY, VERTEX, 1, 1).refused(409)).contains(BUSY.toString(), "ask again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "parallelism=",
                "parallelism=x",
                "parallelism=0",
                "parallelism=-1",
                "parallelism=1,2",
                "parallelism=1&parallelism=2",
                "parallelism=2147483648",
                "parallelism=2.5"
            })
    void aParallelismThatIsNoneIsRefused(String query) {
        assertThat(rescale(query).refused(400)).contains("Parameter 'parallelism'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dryRun=1", "restoreOnFailure=yes", "allowStateLoss="})
    void aFlagThatIsNeitherIsRefused(String flag) {
        assertThat(rescale("parallelism=2&" + flag).refused(400))
                .contains("neither true nor false");
    }

    @ParameterizedTest
    @CsvSource({"deadbeefdeadbeefdeadbeefdeadbeef, 404", "xyz, 400"})
    void aTriggerIdThatNobodyKnowsIsRefused(String id, int status) {
        assertThat(SERVER.get("/jobs/%s/rescaling/%s".formatted(ADAPTIVE, id)).refused(status))
                .contains(id);
    }

    private static TestServer.Answer rescale(String query) {
        return SERVER.send("PATCH", "/jobs/%s/rescaling?%s".formatted(ADAPTIVE, query), null);
    }

    private static TestServer.Answer put(JobID job, JobVertexID vertex, int lower, int upper) {
        return SERVER.send(
                "PUT",
                "/jobs/" + job + "/resource-requirements",
                "{\"%s\":{\"parallelism\":{\"lowerBound\":%d,\"upperBound\":%d}}}"
                        .formatted(vertex, lower, upper));
    }

    @Test
    void requirementsAreABareObject() {
        assertThat(SERVER.get("/jobs/" + ADAPTIVE + "/resource-requirements").expect(200).body())
                .isEqualTo(
                        "{\"%s\":{\"parallelism\":{\"lowerBound\":1,\"upperBound\":4}}}"
                                .formatted(new JobVertexID(1, 2)));
    }

    @Test
    void aHistoryIsABareArray() {
        assertThat(SERVER.get("/jobs/" + ADAPTIVE + "/rescales/history").expect(200).json())
                .singleElement()
                .returns(
                        RESCALE.getRescaleIdInfo().getRescaleUuid().toString(),
                        rescale -> rescale.get("rescaleUuid").textValue());
    }

    @Test
    void theOthersAreObjects() {
        String job = "/v1/jobs/" + ADAPTIVE;
        assertThat(
                        SERVER.get(job + "/rescales/config")
                                .expect(200)
                                .json()
                                .get("rescaleHistoryMax")
                                .intValue())
                .isEqualTo(20);
        assertThat(
                        SERVER.get(job + "/rescales/overview")
                                .expect(200)
                                .json()
                                .at("/latest/completed/triggerCause")
                                .textValue())
                .isEqualTo("INITIAL_SCHEDULE");
        assertThat(
                        SERVER.get(job + "/rescales/summary")
                                .expect(200)
                                .json()
                                .at("/completedRescalesDurationStatsInMillis/max")
                                .intValue())
                .isEqualTo(340);
        assertThat(
                        SERVER.get(
                                        job
                                                + "/rescales/details/"
                                                + RESCALE.getRescaleIdInfo().getRescaleUuid())
                                .expect(200)
                                .json()
                                .get("schedulerStates"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource-requirements",
                "rescales/config",
                "rescales/overview",
                "rescales/summary",
                "rescales/history",
                "rescales/details/00000000000000000000000000000001"
            })
    void jobsWithoutThemAreRefused(String route) {
        assertThat(SERVER.get("/jobs/" + UNKNOWN + "/" + route).refused(404))
                .contains(UNKNOWN.toString());
        assertThat(SERVER.get("/jobs/" + OTHER + "/" + route).refused(404))
                .contains(OTHER.toString(), "jobmanager.scheduler", "Adaptive");
        assertThat(SERVER.get("/jobs/xyz/" + route).refused(400)).contains("Parameter 'jobid'");
    }

    @Test
    void onlyARunningJobHasRequirements() {
        assertThat(SERVER.get("/jobs/" + UNKNOWN + "/resource-requirements").refused(404))
                .isEqualTo(
                        "Job %s is not running: only a running job has resource requirements"
                                .formatted(UNKNOWN));
    }

    @Test
    void anUnknownRescaleIsRefused() {
        String unknown = "00000000000000000000000000000009";

        assertThat(SERVER.get("/jobs/" + ADAPTIVE + "/rescales/details/" + unknown).refused(404))
                .contains(unknown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyz", "0000000000000000000000000000001", "%20"})
    void aRescaleThatIsNoneIsRefused(String uuid) {
        assertThat(SERVER.get("/jobs/" + ADAPTIVE + "/rescales/details/" + uuid).refused(400))
                .contains("Parameter 'rescaleuuid'", "is no rescale uuid");
    }
}
