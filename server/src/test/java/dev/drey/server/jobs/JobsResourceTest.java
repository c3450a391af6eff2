package dev.drey.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.lang.reflect.Proxy;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.messages.FlinkJobTerminatedWithoutCancellationException;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.scheduler.CoordinatorNotExistException;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.apache.flink.util.SerializedValue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobsResourceTest {

    private static final JobID RUNNING = new JobID(0, 1);
    private static final JobID FINISHED = new JobID(0, 2);
    private static final JobID UNKNOWN = new JobID(0, 3);

    /** What the dispatcher was asked with. */
    private static final List<Object> ASKED = new CopyOnWriteArrayList<>();

    /** What a coordinator says. */
    private record Reply(String text) implements CoordinationResponse {}

    @BeforeEach
    void nothingIsAskedYet() {
        ASKED.clear();
    }

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .dispatcher(
                            withHeartbeats(
                                    TestingDispatcherGateway.newBuilder()
                                            .setCancelJobFunction(JobsResourceTest::cancel)
                                            .setRequestJobStatusFunction(
                                                    job ->
                                                            CompletableFuture.completedFuture(
                                                                    JobStatus.RESTARTING))
                                            .setDeliverCoordinationRequestToCoordinatorFunction(
                                                    JobsResourceTest::coordinated)
                                            .build()))
                    .start();

    @ParameterizedTest
    @ValueSource(strings = {"", "?mode=cancel", "?mode=CANCEL", "?mode=cancel,stop", "?other=1"})
    void aRunningJobIsCancelled(String query) {
        assertThat(SERVER.send("PATCH", "/jobs/" + RUNNING + query, "{}").expect(202).body())
                .isEqualTo("{}");
        SERVER.send("PATCH", "/v1/jobs/" + RUNNING + query, null).expect(202);
        assertThat(SERVER.get("/jobs/" + RUNNING + "/yarn-cancel" + query).expect(202).body())
                .isEqualTo("{}");
    }

    @Test
    void aJobThatEndedOtherwiseCannotBeCancelled() {
        assertThat(SERVER.send("PATCH", "/jobs/" + FINISHED, "{}").refused(409))
                .contains("FINISHED");
        assertThat(SERVER.get("/jobs/" + FINISHED + "/yarn-cancel").refused(409))
                .contains("FINISHED");
    }

    @Test
    void anUnknownJobCannotBeCancelled() {
        assertThat(SERVER.send("PATCH", "/jobs/" + UNKNOWN, "{}").refused(404))
                .contains(UNKNOWN.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "STOP", "stop,cancel"})
    void stopIsGoneAndTheOtherWaysAreTold(String mode) {
        TestServer.Answer answer = SERVER.send("PATCH", "/jobs/" + RUNNING + "?mode=" + mode, "{}");

        assertThat(answer.refused(308)).contains("mode=cancel", "/jobs/:jobid/stop");
        assertThat(answer.headers()).doesNotContainKey("location");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pause", ",cancel", "cancel%20"})
    void aModeThatIsNoneIsRefused(String mode) {
        assertThat(SERVER.send("PATCH", "/jobs/" + RUNNING + "?mode=" + mode, "{}").refused(400))
                .contains("Parameter 'mode'", "is no mode: expected cancel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{oops", "[]", "1"})
    void aBodyThatIsNoObjectCancelsNothing(String body) {
        assertThat(SERVER.send("PATCH", "/jobs/" + RUNNING, body).refused(400))
                .contains("The request body cannot be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yarn-cancel",
                "yarn-cancel?mode=CANCEL",
                "yarn-cancel?other=1",
                "yarn-stop?mode=cancel,stop"
            })
    void aRunningJobIsCancelledThroughYarn(String route) {
        assertThat(SERVER.get("/jobs/" + RUNNING + "/" + route).expect(202).body()).isEqualTo("{}");
        assertThat(SERVER.get("/jobs/" + FINISHED + "/" + route).refused(409)).contains("FINISHED");
        SERVER.get("/jobs/" + UNKNOWN + "/" + route).refused(404);
        SERVER.get("/jobs/xyz/" + route).refused(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yarn-stop", "yarn-stop?mode=stop,cancel", "yarn-cancel?mode=stop"})
    void stopIsGoneThroughYarnToo(String route) {
        TestServer.Answer answer = SERVER.get("/jobs/" + RUNNING + "/" + route);

        assertThat(answer.refused(308)).contains("mode=cancel", "/jobs/:jobid/stop");
        assertThat(answer.headers()).doesNotContainKey("location");
    }

    @Test
    void whoOnlyLooksEndsNothingThroughYarn() {
        assertThat(
                        SERVER.sendBytes("HEAD", "/jobs/" + RUNNING + "/yarn-cancel", null)
                                .expect(405)
                                .header("Allow"))
                .isEqualTo("GET,OPTIONS");
    }

    @Test
    void aModeThatIsNoneIsRefusedThroughYarnToo() {
        SERVER.get("/jobs/" + RUNNING + "/yarn-cancel?mode=pause").refused(400);
        SERVER.get("/jobs/" + RUNNING + "/yarn-stop?mode=").refused(400);
    }

    @Test
    void aHeartbeatOfAClientIsReported() {
        String body = "{\"expiredTimestamp\":1795446639698}";

        assertThat(heartbeat(RUNNING, body).expect(202).body()).isEqualTo("{}");

        assertThat(ASKED).containsExactly(RUNNING, 1_795_446_639_698L);
    }

    @Test
    void whatTheCoordinatorOfAnOperatorIsAskedGoesThroughUntouched() throws Exception {
        SerializedValue<String> request = new SerializedValue<>("a question");

        TestServer.Answer answer = coordinate("dataStreamCollect_2", base64(request)).expect(200);

        assertThat(ASKED).containsExactly(RUNNING, "dataStreamCollect_2", request);
        assertThat(answer.json().get("serializedCoordinationResult").textValue())
                .isEqualTo(base64(new SerializedValue<>(new Reply("a reply"))));
    }

    @ParameterizedTest
    @CsvSource({"a%20b, a b", "%C3%BC, \u00fc", "a+b, a+b", "a;b, a;b", "a%252Fb, a%2Fb"})
    void anOperatorMayHaveAnyName(String sent, String uid) {
        coordinate(sent, "AA==").expect(200);

        assertThat(ASKED.get(1)).isEqualTo(uid);
    }

    @Test
    void whatACoordinatorCannotReadIsRefused() {
        assertThat(coordinate("picky", "AA==").refused(400))
                .isEqualTo(
                        "The coordinator of operator 'picky' cannot read the request:"
                                + " ClassNotFoundException: user.Request");
        assertThat(coordinate("absent", "AA==").refused(404))
                .isEqualTo("Operator 'absent' has no coordinator, or its vertex does not run yet");
        assertThat(coordinate("broken", "AA==").refused(500)).contains("reference");
    }

    @Test
    void theStatusOfAJobIsShown() {
        assertThat(SERVER.get("/jobs/" + RUNNING + "/status").expect(200).body())
                .isEqualTo("{\"status\":\"RESTARTING\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "0000000000000000000000000000001",
                "000000000000000000000000000000001",
                "0000000000000000000000000000000g",
                "%200000000000000000000000000000001"
            })
    void anIdThatIsNoneIsRefused(String id) {
        assertThat(SERVER.get("/jobs/" + id).refused(400)).contains("Parameter 'jobid'");
    }

    @Test
    void anIdMayBeInUpperCase() {
        SERVER.get("/jobs/ABCDEF00000000000000000000000000/status").expect(200);
    }

    private static TestServer.Answer heartbeat(JobID job, String body) {
        return SERVER.send("PATCH", "/jobs/" + job + "/clientHeartbeat", body);
    }

    private static TestServer.Answer coordinate(String uid, String request) {
        return SERVER.send(
                "POST",
                "/jobs/" + RUNNING + "/coordinators/" + uid,
                "{\"serializedCoordinationRequest\":\"%s\"}".formatted(request));
    }

    private static String base64(SerializedValue<?> value) {
        return Base64.getEncoder().encodeToString(value.getByteArray());
    }

    private static CompletableFuture<CoordinationResponse> coordinated(
            JobID job, String uid, SerializedValue<CoordinationRequest> request) {
        ASKED.addAll(List.of(job, uid, request));
        return switch (uid) {
            case "picky" ->
                    CompletableFuture.failedFuture(new ClassNotFoundException("user.Request"));
            case "absent" ->
                    CompletableFuture.failedFuture(
                            new CoordinatorNotExistException(new OperatorID()));
            case "broken" -> CompletableFuture.failedFuture(new IllegalStateException("broken"));
            default -> CompletableFuture.completedFuture(new Reply("a reply"));
        };
    }

    /** Flink's fake is final, and its builder has nothing for heartbeats. */
    private static DispatcherGateway withHeartbeats(DispatcherGateway others) {
        return (DispatcherGateway)
                Proxy.newProxyInstance(
                        DispatcherGateway.class.getClassLoader(),
                        new Class<?>[] {DispatcherGateway.class},
                        (proxy, method, arguments) -> {
                            if (!method.getName().equals("reportJobClientHeartbeat")) {
                                return method.invoke(others, arguments);
                            }
                            ASKED.addAll(List.of(arguments[0], arguments[1]));
                            return CompletableFuture.completedFuture(null);
                        });
    }

    private static CompletableFuture<Acknowledge> cancel(JobID job) {
        if (job.equals(RUNNING)) {
            return CompletableFuture.completedFuture(Acknowledge.get());
        }
        return CompletableFuture.failedFuture(
                job.equals(FINISHED)
                        ? new FlinkJobTerminatedWithoutCancellationException(
                                job, JobStatus.FINISHED)
                        : new FlinkJobNotFoundException(job));
    }
}
