package dev.drey.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No write takes a body that is none, and nothing is asked of the cluster for it. */
class WriteBodiesTest {

    private static final int LIMIT = 500;
    private static final String ID = "00000000000000000000000000000001";

    private static final List<String> WRITES =
            List.of(
                    "PATCH /jobs/" + ID,
                    "PATCH /jobs/" + ID + "/clientHeartbeat",
                    "POST /jobs/" + ID + "/coordinators/a%20b",
                    "POST /jobs/" + ID + "/savepoints",
                    "PUT /jobs/" + ID + "/resource-requirements",
                    "POST /applications/" + ID + "/cancel",
                    "DELETE /cluster",
                    "DELETE /jars/a.jar",
                    "POST /jars/a.jar/plan",
                    "POST /jars/a.jar/run");

    /** Whatever the route. */
    private static final List<String> NO_OBJECTS =
            List.of(
                    "{oops",
                    "{\"a\":",
                    "{",
                    "}",
                    "[]",
                    "7",
                    "true",
                    "\"text\"",
                    "null",
                    "<xml/>",
                    "\0\0\0{\0\0");

    private static Stream<Arguments> bodiesThatDoNotSayEnough() {
        return Stream.of(
                notEnough("PATCH", "/clientHeartbeat", "", "field 'expiredTimestamp'"),
                notEnough("PATCH", "/clientHeartbeat", "{}", "field 'expiredTimestamp'"),
                notEnough(
                        "PATCH",
                        "/clientHeartbeat",
                        "{\"expiredTimestamp\":null}",
                        "field 'expiredTimestamp'"),
                notEnough(
                        "PATCH",
                        "/clientHeartbeat",
                        "{\"expiredTimestamp\":\"soon\"}",
                        "field 'expiredTimestamp' (line 1, column 21): expected a number"),
                notEnough(
                        "PATCH",
                        "/clientHeartbeat",
                        "{\"expiredTimestamp\":99999999999999999999}",
                        "out of range of long"),
                notEnough(
                        "POST",
                        "/coordinators/x",
                        "{}",
                        "Field 'serializedCoordinationRequest' is missing"),
                notEnough(
                        "POST",
                        "/coordinators/x",
                        "{\"serializedCoordinationRequest\":\"\"}",
                        "Field 'serializedCoordinationRequest' is missing"),
                notEnough(
                        "POST",
                        "/coordinators/x",
                        "{\"serializedCoordinationRequest\":\"###\"}",
                        "Field 'serializedCoordinationRequest' is no Base64"),
                notEnough(
                        "POST",
                        "/coordinators/x",
                        "{\"serializedCoordinationRequest\":\"    \"}",
                        "Field 'serializedCoordinationRequest' is Base64 of nothing"),
                notEnough(
                        "POST",
                        "/coordinators/x",
                        "{\"serializedCoordinationRequest\":{}}",
                        "field 'serializedCoordinationRequest'"),
                notEnough("PUT", "/resource-requirements", "", "No vertex is named"),
                notEnough("PUT", "/resource-requirements", "{}", "No vertex is named"),
                notEnough(
                        "PUT",
                        "/resource-requirements",
                        "{\"xyz\":{\"parallelism\":{\"lowerBound\":1,\"upperBound\":1}}}",
                        "'xyz' is no job vertex id"),
                notEnough(
                        "PUT",
                        "/resource-requirements",
                        "{\"" + ID + "\":null}",
                        "Vertex " + ID + ": parallelism is missing"),
                notEnough(
                        "PUT",
                        "/resource-requirements",
                        "{\"" + ID + "\":{}}",
                        "Vertex " + ID + ": parallelism is missing"),
                notEnough(
                        "PUT",
                        "/resource-requirements",
                        "{\"" + ID + "\":7}",
                        "field '" + ID + "'"),
                notEnough(
                        "PUT",
                        "/resource-requirements",
                        "{\"" + ID + "\":{\"parallelism\":{\"lowerBound\":1}}}",
                        "field '" + ID + ".parallelism.upperBound'"),
                notEnough(
                        "PUT",
                        "/resource-requirements",
                        "{\"%s\":{\"parallelism\":{\"lowerBound\":\"x\",\"upperBound\":1}}}"
                                .formatted(ID),
                        "field '" + ID + ".parallelism.lowerBound' (line 1, column"),
                notEnough(
                        "PUT",
                        "/resource-requirements",
                        "{\"%s\":{\"parallelism\":{\"lowerBound\":3000000000,\"upperBound\":1}}}"
                                .formatted(ID),
                        "out of range of int"));
    }

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .set(RestOptions.SERVER_MAX_CONTENT_LENGTH, LIMIT)
                    .dispatcher(unasked())
                    .start();

    private static final AtomicInteger ASKED = new AtomicInteger();

    @AfterEach
    void nothingWasAskedOfTheCluster() {
        assertThat(ASKED).hasValue(0);
    }

    private static DispatcherGateway unasked() {
        return (DispatcherGateway)
                Proxy.newProxyInstance(
                        DispatcherGateway.class.getClassLoader(),
                        new Class<?>[] {DispatcherGateway.class},
                        (proxy, method, arguments) -> {
                            ASKED.incrementAndGet();
                            return CompletableFuture.failedFuture(new AssertionError(method));
                        });
    }

    private static Arguments notEnough(String method, String route, String body, String reason) {
        return Arguments.of(method, "/jobs/" + ID + route, body, reason);
    }

    private static Stream<Arguments> writesWithNoObjects() {
        return WRITES.stream()
                .flatMap(write -> NO_OBJECTS.stream().map(body -> Arguments.of(write, body)));
    }

    @ParameterizedTest
    @MethodSource("writesWithNoObjects")
    void whatIsNoObjectIsRefused(String write, String body) {
        assertThat(send(write, body).refused(400)).startsWith("The request body ");
    }

    @ParameterizedTest
    @MethodSource("bodiesThatDoNotSayEnough")
    void whatDoesNotSayEnoughIsRefused(String method, String path, String body, String reason) {
        assertThat(SERVER.send(method, path, body).refused(400))
                .contains(reason)
                .doesNotContain("dev.drey", "java.");
    }

    @ParameterizedTest
    @FieldSource("WRITES")
    void whatIsTooLongIsRefused(String write) {
        assertThat(send(write, "{" + " ".repeat(LIMIT) + "}").refused(413))
                .contains("rest.server.max-content-length");
    }

    @ParameterizedTest
    @FieldSource("WRITES")
    void anUnknownFieldIsRefusedIfStrictHandlingIsPreferred(String write) {
        String unknown =
                write.endsWith("clientHeartbeat")
                        ? "{\"expiredTimestamp\":1,\"not-a-field\":2}"
                        : "{\"not-a-field\":{\"parallelism\":{\"lowerBound\":1,\"upperBound\":1}}}";
        TestServer.Answer answer = send(write, unknown, "Prefer: handling=strict");

        // A bare object has no unknown fields: each is a vertex.
        assertThat(answer.refused(400))
                .contains("not-a-field")
                .contains(write.startsWith("PUT") ? "is no job vertex id" : "it is unknown here");
        assertThat(answer.header("Preference-Applied")).isEqualTo("handling=strict");
    }

    @Test
    void theWholeWayToAnUnknownFieldIsTold() {
        assertThat(
                        send(
                                        "PUT /jobs/" + ID + "/resource-requirements",
                                        """
                                        {"%s": {"parallelism":
                                          {"lowerBound": 1, "upperBound": 1, "bound": 2}}}"""
                                                .formatted(ID),
                                        "Prefer: handling=strict")
                                .refused(400))
                .contains("field '" + ID + ".parallelism.bound' (line 2, column")
                .endsWith("it is unknown here; known are lowerBound, upperBound");
    }

    /** Be it that the client hung up, or that it promised more than it has. */
    @ParameterizedTest
    @FieldSource("WRITES")
    void aBodyThatIsCutOffDoesNothing(String write) {
        String[] parts = write.split(" ", 2);
        byte[] whole = SERVER.request(parts[0], parts[1], "{\"a\":1}".getBytes(UTF_8));
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(Arrays.copyOf(whole, whole.length - 3));
            connection.endSending();

            assertThat(connection.isAtEnd()).isTrue();
        }
    }

    private static TestServer.Answer send(String write, String body, String... headers) {
        String[] parts = write.split(" ", 2);
        return SERVER.send(parts[0], parts[1], body, headers);
    }
}
