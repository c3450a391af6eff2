package dev.drey.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.DreyOptions;
import dev.drey.server.TestServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.messages.webmonitor.MultipleJobsDetails;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what is written to the log of the tests. */
class AccessLogTest {

    private static final Path LOG = Path.of("target/unit-tests.log");
    private static final long LARGE = 64L << 20;
    private static final String LOGGER = " dev.drey.access ";

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster().set(DreyOptions.ACCESS_LOG, true).start();

    private final String id = UUID.randomUUID().toString();

    @Test
    void aRequestIsALine() {
        TestServer.Answer answer =
                SERVER.get("/health/live?a=b", "X-Request-Id: " + id, "User-Agent: a test/1.0")
                        .expect(200);

        assertThat(answer.header("X-Request-Id")).isEqualTo(id);
        assertThat(line(id))
                .matches(
                        ".* - %s 127\\.0\\.0\\.1 \"GET /health/live\\?a=b HTTP/1\\.1\" 200 %d \\d+\\.\\d+ \"a test/1\\.0\""
                                .formatted(id, answer.body().length()));
    }

    @Test
    void whatAClientSendsEndsNeitherALineNorAField() {
        SERVER.get(
                "/a\"b\\c\u0007?x=\u0085\t",
                "X-Request-Id: " + id,
                "User-Agent: evil\" 200\u0001\u0085",
                "Authorization: Basic hunter2",
                "Cookie: hunter2");

        assertThat(line(id))
                .contains("/a\\u0022b\\u005cc\\u0007?x=\\u0085")
                .endsWith(" \"evil\\u0022 200\\u0001\\u0085\"")
                .doesNotContain("hunter2");
    }

    @Test
    void whatNeverGetsToTheApplicationIsALineToo() {
        SERVER.get("/overview", "Transfer-Encoding: odd", "X-Request-Id: " + id).expect(400);

        assertThat(line(id)).contains("\"GET /overview HTTP/1.1\" 400 ").endsWith(" - \"-\"");
    }

    @Test
    void anAnswerWhoseClientLeavesIsCut(@TempDir Path folder) throws IOException {
        Path log = folder.resolve("jm.log");
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(LARGE);
        }
        try (TestServer server =
                TestServer.cluster()
                        .set(DreyOptions.ACCESS_LOG, true)
                        .set(WebOptions.LOG_PATH, log.toString())
                        .start()) {
            try (TestServer.Connection connection = server.connectNarrowly()) {
                connection.send(
                        server.request("GET", "/jobmanager/log", null, "X-Request-Id: " + id));
                connection.readHead().expect(200);
            }

            assertThat(line(id))
                    .matches(
                            ".* 127\\.0\\.0\\.1 \"GET /jobmanager/log HTTP/1\\.1\" cut [1-9]\\d* \\d+\\.\\d+ \"-\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\"b", "a\\b", "ä", "<id>", "a,b", "a;b", "%0a"})
    void anIdThatIsNotSaneIsReplaced(String asked) {
        assertThat(SERVER.get("/health/live", "X-Request-Id: " + asked).header("X-Request-Id"))
                .matches("[0-9a-f]{16}");
    }

    @Test
    void anIdThatIsTooLongIsReplaced() {
        String longest = "x".repeat(128);

        assertThat(SERVER.get("/health/live", "X-Request-Id: " + longest).header("X-Request-Id"))
                .isEqualTo(longest);
        assertThat(
                        SERVER.get("/health/live", "X-Request-Id: " + longest + "x")
                                .header("X-Request-Id"))
                .matches("[0-9a-f]{16}");
    }

    @Test
    void theIdOfARequestThatFailsIsToldAndLogged() {
        try (TestServer failing =
                TestServer.cluster()
                        .dispatcher(
                                dispatcher ->
                                        dispatcher.setRequestMultipleJobDetailsSupplier(
                                                AccessLogTest::fail))
                        .start()) {
            assertThat(failing.get("/jobs/overview", "X-Request-Id: " + id).refused(500))
                    .endsWith("under reference " + id);
        }

        assertThat(lines("Request " + id + ": GET /jobs/overview answered 500")).hasSize(1);
        assertThat(lines(LOGGER)).noneMatch(line -> line.contains(id));
    }

    private static CompletableFuture<MultipleJobsDetails> fail() {
        return CompletableFuture.failedFuture(new IllegalStateException("a bug"));
    }

    private static String line(String id) {
        TestServer.await("there is a line of " + id, () -> !lines(LOGGER, id).isEmpty());
        List<String> lines = lines(LOGGER, id);
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static List<String> lines(String... parts) {
        try (Stream<String> lines = Files.lines(LOG, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> Stream.of(parts).allMatch(line::contains)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
