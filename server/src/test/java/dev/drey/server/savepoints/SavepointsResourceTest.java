package dev.drey.server.savepoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.TestServer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.TriggerSavepointMode;
import org.apache.flink.runtime.dispatcher.UnknownOperationKeyException;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.rest.handler.async.OperationResult;
import org.apache.flink.runtime.rest.handler.job.AsynchronousJobOperationKey;
import org.apache.flink.runtime.rest.messages.TriggerId;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.junit.jupiter.api.Test;

class SavepointsResourceTest {

    private static final String JOB = "0123456789abcdef0123456789abcdef";
    private static final String TRIGGER = "fedcba9876543210fedcba9876543210";
    private static final String PATH = "/jobs/" + JOB + "/savepoints";
    private static final AsynchronousJobOperationKey KEY =
            AsynchronousJobOperationKey.of(
                    TriggerId.fromHexString(TRIGGER), JobID.fromHexString(JOB));

    private final AtomicReference<List<Object>> triggered = new AtomicReference<>();

    @Test
    void allThatIsAskedForReachesTheCluster() {
        String json =
                """
                {"target-directory": "file:///there", "formatType": "NATIVE", "cancel-job": true,
                 "triggerId": "%s"}
                """
                        .formatted(TRIGGER);
        try (TestServer server = TestServer.cluster().dispatcher(recording()).start()) {
            TestServer.Answer answer = server.send("POST", PATH, json).expect(202);

            assertThat(answer.body()).isEqualTo("{\"request-id\":\"" + TRIGGER + "\"}");
            assertThat(triggered.get())
                    .containsExactly(
                            KEY,
                            "file:///there",
                            SavepointFormatType.NATIVE,
                            TriggerSavepointMode.CANCEL_WITH_SAVEPOINT);
        }
    }

    @Test
    void whatIsNotAskedForIsChosen() {
        try (TestServer server =
                TestServer.cluster()
                        .dispatcher(recording())
                        .set(CheckpointingOptions.SAVEPOINT_DIRECTORY, "file:///configured")
                        .start()) {
            TestServer.Answer answer = server.send("POST", PATH, "{}").expect(202);

            String id = answer.json().get("request-id").textValue();
            assertThat(triggered.get())
                    .containsExactly(
                            AsynchronousJobOperationKey.of(
                                    TriggerId.fromHexString(id), JobID.fromHexString(JOB)),
                            "file:///configured",
                            SavepointFormatType.CANONICAL,
                            TriggerSavepointMode.SAVEPOINT);
        }
    }

    @Test
    void aSavepointThatHasNoPlaceIsRefused() {
        try (TestServer server = TestServer.cluster().dispatcher(recording()).start()) {
            assertThat(server.send("POST", PATH, "{}").refused(400))
                    .contains("target-directory", "execution.checkpointing.savepoint-dir");
            assertThat(triggered.get()).isNull();
        }
    }

    @Test
    void anOperationInProgressIsShown() {
        JsonNode status =
                status(CompletableFuture.completedFuture(OperationResult.inProgress()))
                        .expect(200)
                        .json();

        assertThat(status.get("status").get("id").textValue()).isEqualTo("IN_PROGRESS");
        assertThat(status.get("operation").isNull()).isTrue();
    }

    @Test
    void aFinishedOperationIsShown() {
        JsonNode status =
                status(CompletableFuture.completedFuture(OperationResult.success("file:///there")))
                        .expect(200)
                        .json();

        assertThat(status.get("status").get("id").textValue()).isEqualTo("COMPLETED");
        assertThat(status.get("operation").get("location").textValue()).isEqualTo("file:///there");
    }

    @Test
    void aFailedOperationIsNoFailedRequest() {
        JsonNode status =
                status(
                                CompletableFuture.completedFuture(
                                        OperationResult.failure(new IOException("disk full"))))
                        .expect(200)
                        .json();

        assertThat(status.get("operation").get("failure-cause").get("class").textValue())
                .isEqualTo(IOException.class.getName());
    }

    @Test
    void anUnknownOperationIs404() {
        assertThat(status(CompletableFuture.failedFuture(unknown())).refused(404))
                .contains(TRIGGER, JOB, "rest.async.store-duration");
        assertThat(
                        status(CompletableFuture.failedFuture(new CompletionException(unknown())))
                                .refused(404))
                .contains(TRIGGER, JOB);
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        try (TestServer server = TestServer.cluster().start()) {
            assertThat(server.get(PATH + "/12").refused(400)).contains("'12' is no trigger id");
            assertThat(server.send("POST", "/jobs/12/savepoints", "{}").refused(400))
                    .contains("'12' is no job id");
        }
    }

    private static UnknownOperationKeyException unknown() {
        return new UnknownOperationKeyException(KEY);
    }

    private static TestServer.Answer status(CompletableFuture<OperationResult<String>> result) {
        UnaryOperator<TestingDispatcherGateway.Builder> behaviour =
                dispatcher ->
                        dispatcher.setGetSavepointStatusFunction(
                                key -> {
                                    assertThat(key).isEqualTo(KEY);
                                    return result;
                                });
        try (TestServer server = TestServer.cluster().dispatcher(behaviour).start()) {
            return server.get(PATH + "/" + TRIGGER);
        }
    }

    /** The mode of a savepoint is not among what Flink's fake passes on. */
    private DispatcherGateway recording() {
        return (DispatcherGateway)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {DispatcherGateway.class},
                        (proxy, method, arguments) -> {
                            if (!method.getName().equals("triggerSavepoint")) {
                                throw new UnsupportedOperationException(method.toString());
                            }
                            triggered.set(List.of(arguments).subList(0, 4));
                            return CompletableFuture.completedFuture(Acknowledge.get());
                        });
    }
}
