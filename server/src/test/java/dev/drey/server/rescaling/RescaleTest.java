package dev.drey.server.rescaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.TestServer;
import dev.drey.server.TestServer.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.clusterframework.types.ResourceProfile;
import org.apache.flink.runtime.instance.HardwareDescription;
import org.apache.flink.runtime.resourcemanager.TaskManagerInfoWithSlots;
import org.apache.flink.runtime.resourcemanager.exceptions.UnknownTaskExecutorException;
import org.apache.flink.runtime.resourcemanager.utils.TestingResourceManagerGateway;
import org.apache.flink.runtime.rest.handler.RestHandlerException;
import org.apache.flink.runtime.rest.messages.taskmanager.SlotInfo;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;
import org.apache.flink.runtime.taskexecutor.TaskExecutorMemoryConfiguration;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Rescaling over HTTP. */
class RescaleTest {

    private static final String KEY = "Idempotency-Key: once-only";
    private static final String PATH = "/jobs/" + FakeJob.ID + "/rescaling";
    private static final String UNKNOWN = "deadbeef".repeat(4);

    private final FakeJob job = FakeJob.checkpointed();

    @AutoClose
    private final TestServer server =
            TestServer.cluster()
                    .dispatcher(job.dispatcher())
                    .resourceManager(resourceManager())
                    .start();

    @Test
    void aRescalingIsFollowedToItsEnd() {
        TestServer.Answer answer = rescale("parallelism=4").expect(200);
        String id = requestId(answer);

        assertThat(answer.header("Location")).endsWith(PATH + "/" + id);
        assertThat(job.updates()).containsExactly(FakeJob.requirements(1, 4, 1));
        assertThat(status(id))
                .hasToString("{\"status\":{\"id\":\"IN_PROGRESS\"},\"operation\":null}");
        JsonNode listed = server.get("/operations/" + id).expect(200).json();
        assertThat(listed.get("kind").textValue()).isEqualTo("RESCALING");
        assertThat(listed.get("job-id").textValue()).isEqualTo(FakeJob.ID.toString());
        assertThat(listed.get("target").textValue()).isEqualTo("parallelism 4");

        job.runsWith(4);

        assertThat(status(id)).hasToString("{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{}}");
    }

    /** The endpoint looks by itself. */
    @Test
    void itEndsThoughNobodyAsks() {
        String id = requestId(rescale("parallelism=4").expect(200));
        job.runsWith(4);

        TestServer.await(
                "the end of the rescaling",
                () ->
                        server.get("/operations/" + id)
                                .expect(200)
                                .json()
                                .at("/status/id")
                                .textValue()
                                .equals("COMPLETED"));
        rescale("parallelism=2").expect(200);
    }

    @Test
    void whatRunsSoAlreadyHasEndedAtOnce() {
        String id = requestId(rescale("parallelism=1").expect(200));

        assertThat(status(id).at("/status/id").textValue()).isEqualTo("COMPLETED");
    }

    @Test
    void whoLearnsOfTheEndFindsTheJobAsItIs() {
        assertThat(parallelismShown()).isEqualTo(1);
        String id = requestId(rescale("parallelism=4").expect(200));
        assertThat(parallelismShown()).isEqualTo(1);
        job.runsWith(4);
        status(id);

        assertThat(parallelismShown()).isEqualTo(4);
    }

    @Test
    void theEndOfTheJobIsAFailure() {
        String id = requestId(rescale("parallelism=4").expect(200));
        job.status = JobStatus.CANCELED;

        assertThat(status(id).at("/operation/failure-cause/stack-trace").textValue())
                .contains(FakeJob.ID + " is CANCELED", "wanted 4, reached 1");
        assertThat(rescale("parallelism=4").refused(409)).contains("CANCELED");
    }

    @Test
    void whatIsRefusedLeavesNothingBehind() {
        assertThat(rescale("parallelism=9").refused(400)).contains("maximum parallelism");
        job.scheduler = SchedulerType.Default;
        assertThat(rescale("parallelism=2").refused(409)).contains("jobmanager.scheduler");
        assertThat(
                        server.send("PATCH", "/jobs/" + UNKNOWN + "/rescaling?parallelism=2", null)
                                .refused(404))
                .contains(UNKNOWN);

        assertThat(job.updates()).isEmpty();
        assertThat(server.get("/operations").expect(200).json().get("operations")).isEmpty();

        job.scheduler = SchedulerType.Adaptive;
        rescale("parallelism=2").expect(200);
    }

    @Test
    void whatTheClusterRefusesIsRefused() {
        job.refusalOfUpdates = new RestHandlerException("Another one", HttpResponseStatus.CONFLICT);
        assertThat(rescale("parallelism=2").refused(409)).contains("ask again");

        job.refusalOfUpdates = null;
        rescale("parallelism=2").expect(200);
    }

    @Test
    void aJobIsRescaledOnceAtATime() {
        String id = requestId(rescale("parallelism=4").expect(200));

        assertThat(rescale("parallelism=2").refused(409)).contains(PATH + "/" + id);
        assertThat(rescale("parallelism=4").refused(409)).contains(PATH + "/" + id);
        assertThat(job.updates()).hasSize(1);
    }

    @Test
    void ofTwoRescalingsAtTheSameMomentOneIsRefused() {
        job.shown = new CompletableFuture<>();
        try (Connection one = server.connect();
                Connection another = server.connect()) {
            one.send(server.request("PATCH", PATH + "?parallelism=2", null));
            another.send(server.request("PATCH", PATH + "?parallelism=4", null));
            TestServer.await("both look at the job", () -> job.looks.get() == 2);

            job.shown.complete(null);

            assertThat(List.of(one.read().status(), another.read().status()))
                    .containsExactlyInAnyOrder(200, 409);
        }
        assertThat(job.updates()).hasSize(1);
    }

    @Test
    void aKeyRescalesOnce() {
        String id = requestId(rescale("parallelism=4", KEY).expect(200));

        assertThat(requestId(rescale("parallelism=4", KEY).expect(200))).isEqualTo(id);
        assertThat(rescale("parallelism=2", KEY).refused(422)).contains("once-only");
        assertThat(job.updates()).hasSize(1);
    }

    @Test
    void aRefusalIsRepeatedUnderItsKey() {
        job.scheduler = SchedulerType.Default;
        String first = rescale("parallelism=2", KEY).refused(409);
        job.scheduler = SchedulerType.Adaptive;

        assertThat(rescale("parallelism=2", KEY).refused(409)).isEqualTo(first);
        assertThat(job.updates()).isEmpty();
    }

    @Test
    void aDryRunChangesNothing() {
        JsonNode plan = rescale("parallelism=4&dryRun=true", KEY).expect(200).json();

        assertThat(plan.at("/vertices/" + FakeJob.COUNT + "/desiredParallelism").intValue())
                .isEqualTo(4);
        assertThat(plan.get("preRescaleSlots").intValue()).isEqualTo(2);
        assertThat(plan.get("freeSlots").intValue()).isEqualTo(3);
        assertThat(plan.get("slotsAvailable").booleanValue()).isTrue();
        assertThat(plan.get("refusals")).isEmpty();
        assertThat(job.updates()).isEmpty();
        assertThat(server.get("/operations").expect(200).json().get("operations")).isEmpty();

        String id = requestId(rescale("parallelism=4", KEY).expect(200));
        assertThat(rescale("parallelism=9&dryRun=true").expect(200).json().get("refusals"))
                .hasSize(2)
                .last()
                .asString()
                .contains(id);
    }

    @Test
    void anUnknownJobHasNoDryRun() {
        assertThat(
                        server.send(
                                        "PATCH",
                                        "/jobs/" + UNKNOWN + "/rescaling?parallelism=2&dryRun=true",
                                        null)
                                .refused(404))
                .contains(UNKNOWN);
    }

    private TestServer.Answer rescale(String query, String... headers) {
        return server.send("PATCH", PATH + "?" + query, null, headers);
    }

    private JsonNode status(String id) {
        return server.get(PATH + "/" + id).expect(200).json();
    }

    private int parallelismShown() {
        return server.get("/jobs/" + FakeJob.ID)
                .expect(200)
                .json()
                .at("/vertices/0/parallelism")
                .intValue();
    }

    private static String requestId(TestServer.Answer answer) {
        return answer.json().get("request-id").textValue();
    }

    /** Two task managers, and one that is just lost. */
    private static TestingResourceManagerGateway resourceManager() {
        TestingResourceManagerGateway resourceManager =
                new TestingResourceManagerGateway() {
                    @Override
                    public CompletableFuture<Collection<TaskManagerInfo>> requestTaskManagerInfo(
                            Duration timeout) {
                        return CompletableFuture.completedFuture(
                                List.of(
                                        taskManager("first", 1),
                                        taskManager("second", 2),
                                        taskManager("lost", 4)));
                    }
                };
        resourceManager.setRequestTaskManagerDetailsInfoFunction(
                id ->
                        switch (id.toString()) {
                            case "first" -> details("first", 1, FakeJob.ID, new JobID(5, 5));
                            case "second" -> details("second", 2, FakeJob.ID);
                            default ->
                                    CompletableFuture.failedFuture(
                                            new UnknownTaskExecutorException(id));
                        });
        return resourceManager;
    }

    private static CompletableFuture<TaskManagerInfoWithSlots> details(
            String name, int free, JobID... slots) {
        return CompletableFuture.completedFuture(
                new TaskManagerInfoWithSlots(
                        taskManager(name, free),
                        List.of(slots).stream()
                                .map(owner -> new SlotInfo(owner, ResourceProfile.ANY, 1))
                                .toList()));
    }

    private static TaskManagerInfo taskManager(String name, int free) {
        return new TaskManagerInfo(
                new ResourceID(name),
                "nowhere",
                1,
                1,
                1,
                4,
                free,
                1,
                ResourceProfile.ANY,
                ResourceProfile.ANY,
                new HardwareDescription(1, 1, 1, 1),
                new TaskExecutorMemoryConfiguration(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L),
                false);
    }
}
