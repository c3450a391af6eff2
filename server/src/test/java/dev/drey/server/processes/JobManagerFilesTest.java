package dev.drey.server.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import dev.drey.server.TestServer.Answer;
import dev.drey.server.TestServer.Connection;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.WebOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobManagerFilesTest {

    private static final String LOG = "0123456789";
    private static final long LARGE = 32L << 20;

    /** More than the server has threads that read requests. */
    private static final int SLOW = 40;

    @TempDir private static Path folder;

    private static Path logs;
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        logs = Files.createDirectory(folder.resolve("log"));
        Path log = Files.writeString(logs.resolve("jm.log"), LOG);
        Files.writeString(logs.resolve("jm.out"), "printed");
        Files.createFile(logs.resolve("empty.log"));
        Files.writeString(logs.resolve("ä b%2f+.log"), "odd");
        Files.createDirectory(logs.resolve("folder"));
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(logs.resolve("within"), Path.of("jm.log"));
        Files.createSymbolicLink(logs.resolve("out-of-it"), Path.of("../secret"));
        Files.createSymbolicLink(logs.resolve("nowhere"), Path.of("gone"));
        try (RandomAccessFile large =
                new RandomAccessFile(logs.resolve("large.log").toFile(), "rw")) {
            large.setLength(LARGE);
        }
        server = TestServer.cluster().noLeader().set(WebOptions.LOG_PATH, log.toString()).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theLogIsSent() {
        Answer answer = server.get("/jobmanager/log").expect(200);

        assertThat(answer.body()).isEqualTo(LOG);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
        assertThat(answer.header("Content-Length")).isEqualTo("10");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
        assertThat(answer.header("Transfer-Encoding")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/jobmanager/stdout, printed",
        "/v1/jobmanager/log, 0123456789",
        "/jobmanager/logs/jm.log, 0123456789",
        "/jobmanager/logs/jm%2elog, 0123456789",
        "/jobmanager/logs/within, 0123456789",
        "/jobmanager/logs/%C3%A4%20b%252f+.log, odd",
        "/jobmanager/logs/empty.log, ''"
    })
    void filesAreSent(String path, String content) {
        assertThat(server.get(path).expect(200).body()).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jobmanager/logs/no-such-file",
                "/jobmanager/logs/folder",
                "/jobmanager/logs/out-of-it",
                "/jobmanager/logs/nowhere",
                "/jobmanager/logs/.",
                "/jobmanager/logs/..",
                "/jobmanager/logs/%2e%2e",
                "/jobmanager/logs/../secret",
                "/jobmanager/logs/..%2Fsecret",
                "/jobmanager/logs/..%2fsecret",
                "/jobmanager/logs/%2e%2e%2fsecret",
                "/jobmanager/logs/..%252Fsecret",
                "/jobmanager/logs/..%5Csecret",
                "/jobmanager/logs/folder%2F..%2Fjm.log",
                "/jobmanager/logs/%2Fetc%2Fpasswd",
                "/jobmanager/logs/..%2F..%2F..%2F..%2F..%2Fetc%2Fpasswd",
                "/jobmanager/logs/..;/secret",
                "/jobmanager/logs/%00",
                "/jobmanager/logs/jm.log%00.txt",
                "/jobmanager/logs/%20",
                "/jobmanager/logs/jm.log/x",
                "/jobmanager/logs/jm.log%2F"
            })
    void noNameLeadsOutOfTheFolder(String path) {
        assertThat(server.get(path).refused(404)).doesNotContain("secret\"");
    }

    @Test
    void whatCanBeAskedForIsListed() {
        List<String> names = new ArrayList<>();
        server.get("/jobmanager/logs")
                .expect(200)
                .json()
                .get("logs")
                .forEach(log -> names.add(log.get("name").textValue() + " " + log.get("size")));

        assertThat(names)
                .containsExactlyInAnyOrder(
                        "jm.log 10",
                        "jm.out 7",
                        "empty.log 0",
                        "ä b%2f+.log 3",
                        "within 10",
                        "large.log " + LARGE);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 0123, bytes 0-3/10",
        "bytes=-3, 789, bytes 7-9/10",
        "bytes=8-, 89, bytes 8-9/10",
        "bytes=0-, 0123456789, bytes 0-9/10"
    })
    void aRangeIsSent(String range, String content, String told) {
        Answer answer = server.get("/jobmanager/log", "Range: " + range).expect(206);

        assertThat(answer.body()).isEqualTo(content);
        assertThat(answer.header("Content-Range")).isEqualTo(told);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
    }

    @Test
    void theEndOfALargeFileIsSent() {
        Answer answer = server.get("/jobmanager/logs/large.log", "Range: bytes=-5").expect(206);

        assertThat(answer.body()).isEqualTo("\0".repeat(5));
        assertThat(answer.header("Content-Range"))
                .isEqualTo("bytes %d-%d/%d".formatted(LARGE - 5, LARGE - 1, LARGE));
    }

    @Test
    void aRangeThatIsNotThereIsRefused() {
        Answer answer = server.get("/jobmanager/log", "Range: bytes=10-");

        assertThat(answer.refused(416)).contains("10 bytes");
        assertThat(answer.header("Content-Range")).isEqualTo("bytes */10");
    }

    @Test
    void aRangeOfWhatHasNotChangedIsTheWhole() {
        Answer answer =
                server.get("/jobmanager/log", "Range: bytes=0-3", "If-Range: \"tag\"").expect(200);

        assertThat(answer.body()).isEqualTo(LOG);
    }

    @ParameterizedTest
    @CsvSource({"'', 200, 10,", "Range: bytes=-3, 206, 3, bytes 7-9/10"})
    void headTellsTheLength(String header, int status, String length, String range) {
        try (Connection connection = server.connect()) {
            for (int i = 0; i < 2; i++) {
                String[] headers = header.isEmpty() ? new String[0] : new String[] {header};
                connection.send(server.request("HEAD", "/jobmanager/log", null, headers));
                Answer answer = connection.readHead().expect(status);
                assertThat(answer.header("Content-Length")).isEqualTo(length);
                assertThat(answer.header("Content-Range")).isEqualTo(range);
                assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
            }
        }
    }

    @Test
    void aConnectionGoesOnAfterAFile() {
        try (Connection connection = server.connect()) {
            for (String path :
                    List.of("/jobmanager/log", "/jobmanager/logs/empty.log", "/health/live")) {
                connection.send(server.request("GET", path, null));
                connection.read().expect(200);
            }
        }
    }

    @Test
    void requestsThatDoNotWaitForTheirAnswersAreAnsweredInTurn() {
        try (Connection connection = server.connect()) {
            for (String path : List.of("/jobmanager/log", "/health/live", "/jobmanager/stdout")) {
                connection.send(server.request("GET", path, null));
            }

            assertThat(connection.read().body()).isEqualTo(LOG);
            assertThat(connection.read().json().isObject()).isTrue();
            assertThat(connection.read().body()).isEqualTo("printed");
        }
    }

    @Test
    void aFileThatGrowsEndsWhereItEndedWhenItWasAskedFor() throws Exception {
        Path growing = logs.resolve("growing.log");
        try (RandomAccessFile file = new RandomAccessFile(growing.toFile(), "rw");
                Connection reader = server.connectNarrowly()) {
            file.setLength(LARGE);
            reader.send(server.request("GET", "/jobmanager/logs/growing.log", null));
            assertThat(reader.readHead().expect(200).header("Content-Length"))
                    .isEqualTo(String.valueOf(LARGE));
            file.setLength(LARGE + 1);

            reader.skip(LARGE);
            reader.send(server.request("GET", "/health/live", null));
            reader.read().expect(200);
        } finally {
            Files.delete(growing);
        }
    }

    @Test
    void aFileThatIsTruncatedEndsItsConnection() throws Exception {
        Path truncated = logs.resolve("truncated.log");
        try (RandomAccessFile file = new RandomAccessFile(truncated.toFile(), "rw");
                Connection reader = server.connectNarrowly()) {
            file.setLength(LARGE);
            reader.send(server.request("GET", "/jobmanager/logs/truncated.log", null));
            reader.readHead().expect(200);
            file.setLength(10);

            assertThat(reader.readToEnd()).isLessThan(LARGE);
        } finally {
            Files.delete(truncated);
        }
    }

    @Test
    void slowReadersKeepNobodyWaiting() {
        List<Connection> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                Connection reader = server.connectNarrowly();
                slow.add(reader);
                reader.send(server.request("GET", "/jobmanager/logs/large.log", null));
                reader.readHead().expect(200);
            }

            for (int i = 0; i < SLOW; i++) {
                server.get("/health/live").expect(200);
                server.get("/jobmanager/log").expect(200);
            }
            slow.get(0).skip(LARGE);
        } finally {
            slow.forEach(Connection::close);
        }
    }
}
