package dev.drey.client;

import static dev.drey.client.Futures.assertFailure;
import static dev.drey.client.Futures.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drey.client.FaultyServer.Behaviour;
import dev.drey.client.error.ClientClosedException;
import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.RequestTimeoutException;
import dev.drey.client.transport.Download;
import dev.drey.client.transport.RetrySettings;
import dev.drey.model.ResourceId;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that come while they are read, whatever a server or a network does. */
@Timeout(120)
class DownloadTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final ResourceId TASK_MANAGER = ResourceId.fromString("a/b:1");
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
    private static final String WHOLE =
            HEAD + String.join("\r\n", "Accept-Ranges: bytes", "Content-Length: 4", "", "text");
    private static final String PART =
            String.join(
                    "\r\n",
                    "HTTP/1.1 206 Partial Content",
                    "Content-Range: bytes 1-3/4",
                    "Content-Length: 3",
                    "",
                    "ext");
    private static final String MEGABYTE = "x".repeat(1 << 20);
    private static final long GIGABYTE = 1L << 30;

    @TempDir private Path folder;

    @Test
    void filesAreAskedForByTheirPaths() throws Exception {
        requireAsked("/v1/jobmanager/log", c -> c.jobManager().log());
        requireAsked("/v1/jobmanager/logs/a%2F%25b", c -> c.jobManager().log("a/%b"));
        requireAsked("/v1/jobmanager/stdout", c -> c.jobManager().stdout());
        requireAsked("/v1/taskmanagers/a%2Fb%3A1/log", c -> c.taskManagers().log(TASK_MANAGER));
        requireAsked(
                "/v1/taskmanagers/a%2Fb%3A1/logs/x.log",
                c -> c.taskManagers().log(TASK_MANAGER, "x.log"));
        requireAsked(
                "/v1/taskmanagers/a%2Fb%3A1/stdout", c -> c.taskManagers().stdout(TASK_MANAGER));
        requireAsked(
                "/v1/jobmanager/profiler/x.html", c -> c.profiler().fileOfJobManager("x.html"));
        requireAsked(
                "/v1/taskmanagers/a%2Fb%3A1/profiler/x.html",
                c -> c.profiler().fileOfTaskManager(TASK_MANAGER, "x.html"));
    }

    private static void requireAsked(
            String path, Function<FlinkMonitoringClient, CompletableFuture<Download>> question)
            throws Exception {
        try (FaultyServer server = sending("text");
                FlinkMonitoringClient client = client(server, LONG);
                Download download = await(question.apply(client))) {
            assertThat(download.readAllBytes()).isEqualTo("text".getBytes(UTF_8));
            assertThat(download.read()).isEqualTo(-1);
            assertThat(server.heads().get(0)).startsWith("GET " + path + " HTTP/1.1");
        }
    }

    @Test
    void theLengthIsToldIfTheServerTellsIt() throws Exception {
        assertThat(read(connection -> connection.answer(200, "text/plain", "")).length())
                .hasValue(0);
        assertThat(read(connection -> connection.answer(200, "text/plain", "four")).length())
                .hasValue(4);
        assertThat(
                        read(connection ->
                                        connection.send(
                                                HEAD
                                                        + "Transfer-Encoding: chunked\r\n\r\n"
                                                        + "1\r\nx\r\n0\r\n\r\n"))
                                .length())
                .isEmpty();
    }

    @Test
    void theSameFileIsAskedForFromALaterByte() throws Exception {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection ->
                                        connection.send(
                                                connection.header("Range").isEmpty()
                                                        ? WHOLE
                                                        : PART));
                FlinkMonitoringClient client = client(server, LONG);
                Download whole = await(client.jobManager().log());
                Download rest = await(whole.from(1))) {
            assertThat(whole.takesPositions()).isTrue();
            assertThat(whole.position()).isZero();
            assertThat(whole.readAllBytes()).isEqualTo("text".getBytes(UTF_8));
            assertThat(rest.position()).isEqualTo(1);
            assertThat(rest.length()).hasValue(3);
            assertThat(rest.readAllBytes()).isEqualTo("ext".getBytes(UTF_8));
            assertThat(server.heads())
                    .last()
                    .asString()
                    .startsWith("GET /v1/jobmanager/log HTTP/1.1")
                    .containsIgnoringCase("range: bytes=1-\r\n");
        }
    }

    @Test
    void stockFlinkSendsTheWholeFileAgain() throws Exception {
        try (FaultyServer server = sending("text");
                FlinkMonitoringClient client = client(server, LONG);
                Download whole = await(client.jobManager().log());
                Download again = await(whole.from(1))) {
            assertThat(whole.takesPositions()).isFalse();
            assertThat(again.position()).isZero();
            assertThat(again.length()).hasValue(4);
        }
    }

    private static Download read(Behaviour behaviour) throws Exception {
        try (FaultyServer server = FaultyServer.that(behaviour);
                FlinkMonitoringClient client = client(server, LONG);
                Download download = await(client.jobManager().log())) {
            download.readAllBytes();
            return download;
        }
    }

    @Test
    void whatIsNotReadIsNotTaken() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    connection.send(length(GIGABYTE));
                                    while (sent.get() < GIGABYTE) {
                                        connection.send(MEGABYTE);
                                        sent.addAndGet(MEGABYTE.length());
                                    }
                                });
                FlinkMonitoringClient client = client(server, LONG);
                Download download = await(client.jobManager().log())) {
            for (long read = 0; read < GIGABYTE / 16; read += MEGABYTE.length()) {
                download.skipNBytes(MEGABYTE.length());
                assertThat(sent.get() - read).isLessThan(GIGABYTE / 16);
            }
        }
    }

    @Test
    void aConnectionIsUsedAgainAfterADownload() throws Exception {
        try (FaultyServer server = sending("text");
                FlinkMonitoringClient client = client(server, LONG)) {
            for (int i = 0; i < 200; i++) {
                try (Download download = await(client.jobManager().log())) {
                    download.readAllBytes();
                }
            }

            assertThat(server.connections()).isLessThan(10);
        }
    }

    @Test
    void closingADownloadDisconnects() throws Exception {
        try (FaultyServer server = stalled();
                FlinkMonitoringClient client = client(server, LONG)) {
            Download download = await(client.jobManager().log());
            download.close();

            await(server.disconnected());
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(download::read)
                    .withMessageContaining("closed");
        }
    }

    @Test
    void cancellingBeforeItBeginsDisconnects() throws Exception {
        try (FaultyServer server = FaultyServer.that(connection -> {});
                FlinkMonitoringClient client = client(server, LONG)) {
            CompletableFuture<Download> download = client.jobManager().log();
            await(server.requested());
            download.cancel(true);

            await(server.disconnected());
        }
    }

    @Test
    void aSilentServerTimesOut() throws Exception {
        try (FaultyServer server = FaultyServer.that(connection -> {});
                FlinkMonitoringClient client = client(server, SHORT)) {
            assertFailure(client.jobManager().log()).isInstanceOf(RequestTimeoutException.class);
            await(server.disconnected());
        }
    }

    @Test
    void savingTellsHowFarItIs(@TempDir Path folder) throws Exception {
        Queue<Long> progress = new ConcurrentLinkedQueue<>();
        byte[] text = new byte[100_000];
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    connection.send(length(text.length));
                                    connection.send(text);
                                });
                FlinkMonitoringClient client = client(server, LONG);
                Download download = await(client.jobManager().log())) {
            await(download.saveTo(folder.resolve("log"), progress::add));
            assertThat(List.copyOf(progress)).isSorted().doesNotHaveDuplicates().endsWith(100_000L);
        }
    }

    @Test
    void aStallTimesOutForWhoWaits() throws Exception {
        try (FaultyServer server = stalled();
                FlinkMonitoringClient client = client(server, SHORT);
                Download download = await(client.jobManager().log())) {
            assertThat(download.readNBytes(4)).hasSize(4);
            assertThatExceptionOfType(FlinkConnectionException.class)
                    .isThrownBy(download::read)
                    .withCauseInstanceOf(SocketTimeoutException.class);
            await(server.disconnected());
        }
    }

    @Test
    void aBreakIsNoEnd() throws Exception {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    connection.send(length(100) + "text");
                                    connection.reset();
                                });
                FlinkMonitoringClient client = client(server, LONG);
                Download download = await(client.jobManager().log())) {
            assertThatExceptionOfType(FlinkConnectionException.class)
                    .isThrownBy(download::readAllBytes);
        }
    }

    @Test
    void aRefusalIsToldInFull() throws Exception {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection ->
                                        connection.answerJson(404, "{\"errors\":[\"no log\"]}"));
                FlinkMonitoringClient client = client(server, LONG)) {
            assertFailure(client.jobManager().log())
                    .isInstanceOf(FlinkRestException.class)
                    .hasMessageContaining("no log");
        }
    }

    @Test
    void closingTheClientEndsDownloads() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<Integer> read;
        try (FaultyServer server = stalled()) {
            CompletableFuture<Path> saved;
            Download unsaved;
            try (FlinkMonitoringClient client = client(server, LONG)) {
                Download download = await(client.jobManager().log());
                saved = await(client.jobManager().log()).saveTo(folder.resolve("saved"));
                unsaved = await(client.jobManager().log());
                read =
                        CompletableFuture.supplyAsync(
                                () -> {
                                    try {
                                        download.readNBytes(4);
                                        reading.countDown();
                                        return download.read();
                                    } catch (IOException e) {
                                        return Integer.MIN_VALUE;
                                    }
                                });
                await(reading);
            }

            assertThat(await(read)).isEqualTo(Integer.MIN_VALUE);
            assertFailure(saved).isInstanceOf(FlinkConnectionException.class);
            assertFailure(unsaved.saveTo(folder.resolve("unsaved")))
                    .isInstanceOf(ClientClosedException.class);
        }
        requireFiles();
    }

    @Test
    void aFileIsSaved() throws Exception {
        Path target = Files.writeString(folder.resolve("jm.log"), "of yesterday");
        try (FaultyServer server = sending(MEGABYTE);
                FlinkMonitoringClient client = client(server, LONG)) {
            CompletableFuture<Path> saved =
                    client.jobManager().log().thenCompose(log -> log.saveTo(target));

            assertThat(await(saved)).isEqualTo(target);
        }

        assertThat(target).hasContent(MEGABYTE);
        requireFiles("jm.log");
    }

    @Test
    void whatDoesNotComeWholeIsNotSaved() throws Exception {
        Path target = Files.writeString(folder.resolve("jm.log"), "of yesterday");
        try (FaultyServer server = stalled();
                FlinkMonitoringClient client = client(server, SHORT)) {
            assertFailure(await(client.jobManager().log()).saveTo(target))
                    .isInstanceOf(FlinkConnectionException.class);
        }

        assertThat(target).hasContent("of yesterday");
        requireFiles("jm.log");
    }

    @Test
    void aFolderThatIsNotThereIsTold() throws Exception {
        try (FaultyServer server = stalled();
                FlinkMonitoringClient client = client(server, LONG)) {
            assertFailure(await(client.jobManager().log()).saveTo(folder.resolve("no/log")))
                    .isInstanceOf(NoSuchFileException.class);
            await(server.disconnected());
        }
    }

    @Test
    void cancellingASaveDisconnects() throws Exception {
        try (FaultyServer server = stalled();
                FlinkMonitoringClient client = client(server, LONG)) {
            await(client.jobManager().log()).saveTo(folder.resolve("log")).cancel(true);

            await(server.disconnected());
        }
    }

    private void requireFiles(String... names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(names);
        }
    }

    private static FaultyServer sending(String text) {
        return FaultyServer.that(connection -> connection.answer(200, "text/plain", text));
    }

    /** Begins, and does not go on. */
    private static FaultyServer stalled() {
        return FaultyServer.that(connection -> connection.send(length(100) + "text"));
    }

    private static String length(long length) {
        return HEAD + "Content-Length: " + length + "\r\n\r\n";
    }

    private static FlinkMonitoringClient client(FaultyServer server, Duration timeout) {
        return FlinkMonitoringClient.builder()
                .endpoint(server.endpoint())
                .requestTimeout(timeout)
                .retries(RetrySettings.NONE)
                .build();
    }
}
