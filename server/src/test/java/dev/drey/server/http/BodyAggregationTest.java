package dev.drey.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.messages.Acknowledge;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BodyAggregationTest {

    private static final int LIMIT = 200;
    private static final int STALLED_CLIENTS = 64;
    private static final int GREEDY_CLIENTS = 24;
    private static final int PIPELINED = 20;
    private static final String PATH = "/jobs/00000000000000000000000000000001/savepoints";

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .set(RestOptions.SERVER_MAX_CONTENT_LENGTH, LIMIT)
                    .set(CheckpointingOptions.SAVEPOINT_DIRECTORY, "file:///savepoints")
                    .dispatcher(
                            dispatcher ->
                                    dispatcher.setTriggerSavepointFunction(
                                            (key, directory, format) ->
                                                    CompletableFuture.completedFuture(
                                                            Acknowledge.get())))
                    .start();

    @Test
    void clientsThatStallInTheirBodiesKeepNobodyFromBeingAnswered() {
        List<TestServer.Connection> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < STALLED_CLIENTS; i++) {
                TestServer.Connection connection = SERVER.connect();
                stalled.add(connection);
                connection.send(head("Content-Length: 10") + "{   ");
            }

            SERVER.send("POST", PATH, "{}").expect(202);

            for (TestServer.Connection connection : stalled) {
                connection.send("     }");
            }
            for (TestServer.Connection connection : stalled) {
                connection.read().expect(202);
            }
        } finally {
            stalled.forEach(TestServer.Connection::close);
        }
    }

    @Test
    void aClientThatWaitsToBeAskedForItsBodyIsAsked() {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(head("Content-Length: 2", "Expect: 100-continue"));
            connection.readHead().expect(100);
            connection.send("{}");
            connection.read().expect(202);
        }
    }

    @Test
    void clientsThatWaitToBeAskedAndThenStallKeepNobodyFromBeingAnswered() {
        List<TestServer.Connection> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < STALLED_CLIENTS; i++) {
                TestServer.Connection connection = SERVER.connect();
                stalled.add(connection);
                connection.send(head("Content-Length: 2", "Expect: 100-continue"));
                connection.readHead().expect(100);
            }

            SERVER.send("POST", PATH, "{}").expect(202);
        } finally {
            stalled.forEach(TestServer.Connection::close);
        }
    }

    @Test
    void clientsThatAskOnWithoutReadingKeepNobodyFromBeingAnswered() {
        byte[] request = SERVER.request("GET", "/assets/vs/editor/editor.main.js", null);
        List<TestServer.Connection> greedy = new ArrayList<>();
        try {
            for (int i = 0; i < GREEDY_CLIENTS; i++) {
                TestServer.Connection connection = SERVER.connectNarrowly();
                greedy.add(connection);
                for (int j = 0; j < PIPELINED; j++) {
                    connection.send(request);
                }
            }

            SERVER.get("/config").expect(200);
            SERVER.send("POST", PATH, "{}").expect(202);
        } finally {
            greedy.forEach(TestServer.Connection::close);
        }
    }

    @Test
    void aClientThatWaitsWithTooLongABodyIsRefusedAtOnce() {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(head("Content-Length: " + (LIMIT + 1), "Expect: 100-continue"));

            connection.read().refused(413);
        }
    }

    @Test
    void anotherExpectationIsRefused() {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(head("Content-Length: 2", "Expect: a-miracle"));

            assertThat(connection.read().status()).isEqualTo(417);
        }
    }

    @Test
    void aBodyMayComeInManyPieces() {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(head("Content-Length: 40"));
            for (char c : ("{" + " ".repeat(38) + "}").toCharArray()) {
                connection.send(String.valueOf(c));
            }

            connection.read().expect(202);
        }
    }

    @Test
    void aBodyMayComeInManyChunks() {
        String id = "0123456789abcdef0123456789abcdef";
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(head("Transfer-Encoding: chunked"));
            for (char c : ("{\"triggerId\":\"" + id + "\"}").toCharArray()) {
                connection.send("1\r\n" + c + "\r\n");
            }
            connection.send("0\r\n\r\n");

            assertThat(connection.read().expect(202).json().get("request-id").textValue())
                    .isEqualTo(id);
            connection.send(SERVER.request("GET", "/config", null));
            connection.read().expect(200);
        }
    }

    @Test
    void requestsMayBeSentBeforeTheAnswersCome() {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(
                    head("Content-Length: 2")
                            + "{}"
                            + new String(SERVER.request("GET", "/nowhere", null), UTF_8)
                            + head("Transfer-Encoding: chunked")
                            + "2\r\n{}\r\n0\r\n\r\n"
                            + new String(SERVER.request("GET", "/config", null), UTF_8));

            connection.read().expect(202);
            connection.read().refused(404);
            connection.read().expect(202);
            connection.read().expect(200);
        }
    }

    @Test
    void aBodyAsLongAsAllowedIsTaken() {
        SERVER.send("POST", PATH, "{" + " ".repeat(LIMIT - 2) + "}").expect(202);
    }

    @Test
    void aLongerBodyIsRefusedBeforeItIsSent() {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(head("Content-Length: " + (LIMIT + 1)));

            assertThat(connection.read().refused(413))
                    .contains(String.valueOf(LIMIT), "rest.server.max-content-length");
            assertThat(connection.isAtEnd()).isTrue();
        }
    }

    @Test
    void aLengthBeyondAllNumbersIsRefused() {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(head("Content-Length: 99999999999"));

            connection.read().refused(413);
        }
    }

    @Test
    void chunksThatAreTooManyAreRefused() {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(head("Transfer-Encoding: chunked"));
            for (int sent = 0; sent <= LIMIT; sent += 50) {
                connection.send("32\r\n" + " ".repeat(50) + "\r\n");
            }

            connection.read().refused(413);
            assertThat(connection.isAtEnd()).isTrue();
        }
    }

    @Test
    void aFormIsNoWayRoundTheLimit() {
        byte[] form = new TestServer.Form().field("request", " ".repeat(LIMIT)).bytes();

        SERVER.sendBytes("POST", PATH, form, "Content-Type: " + TestServer.Form.TYPE).refused(413);
    }

    @Test
    void aBodyThatNoRouteReadsIsBoundedToo() {
        SERVER.send("POST", "/nowhere", "x".repeat(LIMIT + 1)).refused(413);
        SERVER.send("GET", "/overview", "x".repeat(LIMIT + 1)).refused(413);
    }

    private static String head(String... headers) {
        return "POST "
                + PATH
                + " HTTP/1.1\r\nHost: "
                + SERVER.authority()
                + "\r\n"
                + String.join("\r\n", headers)
                + "\r\n\r\n";
    }
}
