package dev.drey.client;

import static dev.drey.client.Futures.assertFailure;
import static dev.drey.client.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.OutcomeUnknownException;
import dev.drey.client.error.ClientClosedException;
import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.RequestTimeoutException;
import dev.drey.client.transport.Answer;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.RetrySettings;
import dev.drey.client.transport.Transport;
import dev.drey.client.transport.TransportSettings;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.JobId;
import dev.drey.model.cluster.ClusterOverviewWithVersion;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.jobs.JobStatusInfo;
import dev.drey.model.savepoints.SavepointInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the futures of the SDK stand on, whatever a server or a network does. */
@Timeout(120)
class TransportContractTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String JSON_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final JobId JOB = JobId.fromString("0123456789abcdef0123456789abcdef");

    @Test
    void refusedConnectionFails() {
        String endpoint = FaultyServer.deadEndpoint();
        try (FlinkMonitoringClient client = client(endpoint, LONG)) {
            assertFailure(client.cluster().overview())
                    .isInstanceOf(FlinkConnectionException.class)
                    .hasMessageContaining("GET " + endpoint + "/v1/overview")
                    .hasCauseInstanceOf(ConnectException.class);
        }
    }

    @Test
    void silentServerTimesOutAndIsDisconnected() throws Exception {
        assertTimesOut(connection -> {});
    }

    @Test
    void stallInsideTheHeadersTimesOut() throws Exception {
        assertTimesOut(connection -> connection.send("HTTP/1.1 200 OK\r\nContent-Ty"));
    }

    @Test
    void stallInsideTheBodyTimesOut() throws Exception {
        assertTimesOut(
                connection ->
                        connection.send(
                                JSON_HEAD + "Content-Length: 100\r\n\r\n{\"taskmanagers\":"));
    }

    @Test
    void stallInsideAChunkTimesOut() throws Exception {
        assertTimesOut(
                connection ->
                        connection.send(
                                JSON_HEAD + "Transfer-Encoding: chunked\r\n\r\n10\r\n{\"task"));
    }

    @Test
    void deadlineHoldsToTheLastByteOfABodyThatKeepsDripping() throws Exception {
        assertTimesOut(
                connection -> {
                    connection.send(JSON_HEAD + "\r\n");
                    while (true) {
                        connection.send(" ");
                    }
                });
    }

    @Test
    void deadlineCountsTheWaitForAConnection() throws Exception {
        try (FaultyServer server = FaultyServer.that(connection -> {});
                FlinkMonitoringClient client = client(server.endpoint(), SHORT)) {
            List<CompletableFuture<ClusterOverviewWithVersion>> requests =
                    Stream.generate(() -> client.cluster().overview()).limit(200).toList();
            requests.forEach(
                    request -> assertFailure(request).isInstanceOf(RequestTimeoutException.class));
        }
    }

    @Test
    void resetHalfwayThroughTheBodyFails() {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    connection.send(
                                            JSON_HEAD + "Content-Length: 100\r\n\r\n{\"a\"");
                                    connection.reset();
                                });
                FlinkMonitoringClient client = client(server.endpoint(), LONG)) {
            assertFailure(client.cluster().overview())
                    .isInstanceOf(FlinkConnectionException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void connectionClosedWithoutAnAnswerFails() {
        try (FaultyServer server = FaultyServer.that(FaultyServer.Connection::reset);
                FlinkMonitoringClient client = client(server.endpoint(), LONG)) {
            assertFailure(client.cluster().overview()).isInstanceOf(FlinkConnectionException.class);
        }
    }

    @Test
    void answerThatIsNoHttpFails() {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> connection.send("SSH-2.0-OpenSSH\r\n\r\n"));
                FlinkMonitoringClient client = client(server.endpoint(), LONG)) {
            assertFailure(client.cluster().overview()).isInstanceOf(FlinkConnectionException.class);
        }
    }

    @Test
    void cancellingTheFutureEndsTheRequest() throws Exception {
        try (FaultyServer server = FaultyServer.that(connection -> {});
                FlinkMonitoringClient client = client(server.endpoint(), LONG)) {
            CompletableFuture<?> request = client.cluster().overview();
            await(server.requested());
            request.cancel(true);
            await(server.disconnected());
            assertThat(request).isCancelled();
        }
    }

    /**
     * An answer is told before its connection is free again: a request that follows at once may get
     * one of its own, and then shows nothing.
     */
    @Test
    void cancellingEndsARequestOnAConnectionThatServedBefore() throws Exception {
        int tries = 50;
        while (!cancellingEndsARequestOnOneConnection()) {
            tries--;
            assertThat(tries).as("tries left for a connection that serves twice").isPositive();
        }
    }

    /** Whether there was one connection only. */
    private static boolean cancellingEndsARequestOnOneConnection() throws Exception {
        CountDownLatch second = new CountDownLatch(2);
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    second.countDown();
                                    if (second.getCount() == 1) {
                                        answerEmpty(connection);
                                    }
                                });
                FlinkMonitoringClient client = client(server.endpoint(), LONG)) {
            await(client.jobs().cancel(JOB));
            CompletableFuture<?> request = client.cluster().overview();
            await(second);
            if (server.connections() != 1) {
                return false;
            }
            request.cancel(true);
            await(server.disconnected());
            return true;
        }
    }

    @Test
    void cancellingAtAnyMomentLeavesNoConnectionBehind() throws Exception {
        Queue<FaultyServer.Connection> unanswered = new ConcurrentLinkedQueue<>();
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    if (connection.head().startsWith("PATCH")) {
                                        answerEmpty(connection);
                                    } else {
                                        unanswered.add(connection);
                                    }
                                });
                FlinkMonitoringClient client = client(server.endpoint(), LONG)) {
            for (int round = 0; round < 20; round++) {
                List<CompletableFuture<ClusterOverviewWithVersion>> requests =
                        Stream.generate(() -> client.cluster().overview()).limit(100).toList();
                requests.forEach(request -> request.cancel(true));
            }
            // More than there are connections: each one that was left would hold one of these up.
            List<CompletableFuture<EmptyResponseBody>> served =
                    Stream.generate(() -> client.jobs().cancel(JOB)).limit(200).toList();
            for (CompletableFuture<EmptyResponseBody> request : served) {
                await(request);
            }
            for (FaultyServer.Connection connection : unanswered) {
                await(connection.closed());
            }
        }
    }

    @Test
    void cancellingTheFutureEndsAnUpload(@TempDir Path folder) throws Exception {
        Path jar = sparseFile(folder, 64 << 20);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        try (FaultyServer server =
                        FaultyServer.thatIsKnownAnd(
                                connection -> {
                                    connection.in().readNBytes(1 << 20);
                                    begun.countDown();
                                    await(cancelled);
                                    connection.in().transferTo(OutputStream.nullOutputStream());
                                });
                FlinkMonitoringClient client = client(server.endpoint(), LONG)) {
            CompletableFuture<?> upload = client.jars().upload(jar);
            await(begun);
            upload.cancel(true);
            cancelled.countDown();
            await(server.disconnected());
        }
    }

    @Test
    void anUploadThatNobodyReadsTimesOut(@TempDir Path folder) throws Exception {
        Path jar = sparseFile(folder, 64 << 20);
        CountDownLatch never = new CountDownLatch(1);
        try (FaultyServer server = FaultyServer.thatIsKnownAnd(connection -> await(never));
                FlinkMonitoringClient client =
                        FlinkMonitoringClient.builder()
                                .endpoint(server.endpoint())
                                .uploadTimeout(SHORT)
                                .build()) {
            assertFailure(client.jars().upload(jar))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasCauseInstanceOf(RequestTimeoutException.class);
            never.countDown();
            await(server.disconnected());
        }
    }

    @Test
    void uploadOfAMissingFileFailsAsSuch(@TempDir Path folder) {
        try (FlinkMonitoringClient client = client(FaultyServer.deadEndpoint(), LONG)) {
            assertFailure(client.jars().upload(folder.resolve("no.jar")))
                    .isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void closingFailsWhatIsPendingAndLeavesNoThread() throws Exception {
        Set<Thread> before = clientThreads();
        List<CompletableFuture<ClusterOverviewWithVersion>> requests;
        try (FaultyServer server = FaultyServer.that(connection -> {})) {
            FlinkMonitoringClient client = client(server.endpoint(), LONG);
            requests = Stream.generate(() -> client.cluster().overview()).limit(100).toList();
            await(server.requested());
            assertThat(clientThreads()).hasSizeGreaterThan(before.size());
            client.close();
            assertThat(requests).allMatch(CompletableFuture::isCompletedExceptionally);
            await(server.disconnected());
        }
        requests.forEach(
                request -> assertFailure(request).isInstanceOf(ClientClosedException.class));
        Set<Thread> left = clientThreads();
        left.removeAll(before);
        for (Thread thread : left) {
            thread.join(LONG.toMillis());
        }
        assertThat(left).noneMatch(Thread::isAlive);
    }

    @Test
    void requestsOfAClosedClientFail() {
        FlinkMonitoringClient client = client(FaultyServer.deadEndpoint(), LONG);
        client.close();
        client.close();
        assertFailure(client.cluster().overview()).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void aCallbackMayCloseTheClient() throws Exception {
        try (FaultyServer server = FaultyServer.that(TransportContractTest::answerEmpty)) {
            FlinkMonitoringClient client = client(server.endpoint(), LONG);
            await(client.jobs().cancel(JOB).thenAccept(done -> client.close()));
            assertFailure(client.cluster().overview()).isInstanceOf(ClientClosedException.class);
        }
    }

    @Test
    void patchWithoutABodyIsSent() throws Exception {
        try (FaultyServer server = FaultyServer.that(TransportContractTest::answerEmpty);
                FlinkMonitoringClient client = client(server.endpoint(), LONG)) {
            assertThat(await(client.jobs().cancel(JOB))).isEqualTo(new EmptyResponseBody());
            assertThat(server.heads())
                    .singleElement()
                    .asString()
                    .startsWith("PATCH /v1/jobs/%s?mode=cancel HTTP/1.1\r\n".formatted(JOB))
                    .doesNotContainIgnoringCase("transfer-encoding");
        }
    }

    @Test
    void patchWithABodyIsSent() throws Exception {
        BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    bodies.add(connection.readBody());
                                    connection.answer(200, "application/json", "{}");
                                });
                Transport transport = transport(server, LONG)) {
            Request patch = Request.patch("/x").withJson(new JobStatusInfo(JobStatus.RUNNING));
            await(transport.send(patch, EmptyResponseBody.class));
            assertThat(bodies).containsExactly("{\"status\":\"RUNNING\"}");
            assertThat(server.heads().get(0))
                    .containsIgnoringCase("Content-Type: application/json");
        }
    }

    @Test
    void requestsCarryOnlyWhatTheyNeed() throws Exception {
        try (FaultyServer server = FaultyServer.that(TransportContractTest::answerEmpty);
                FlinkMonitoringClient client = client(server.endpoint() + "/flink/", LONG)) {
            await(client.jobs().cancel(JOB));
            List<String> names =
                    server.heads()
                            .get(0)
                            .lines()
                            .skip(1)
                            .filter(line -> !line.isEmpty())
                            .map(
                                    line ->
                                            line.substring(0, line.indexOf(':'))
                                                    .toLowerCase(Locale.ROOT))
                            .toList();
            assertThat(names)
                    .containsOnly(
                            "accept",
                            "accept-encoding",
                            "user-agent",
                            "content-length",
                            "host",
                            "connection");
            assertThat(server.heads().get(0)).startsWith("PATCH /flink/v1/jobs/");
        }
    }

    @Test
    void aRequestCarriesItsOwnHeadersAndTellsWhoAnswered() throws Exception {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection ->
                                        connection.send(
                                                JSON_HEAD
                                                        + "X-Leader: one\r\n"
                                                        + "Content-Length: 2\r\n\r\n{}"));
                Transport transport = transport(server, LONG)) {
            Answer<EmptyResponseBody> answer =
                    await(
                            transport.ask(
                                    Request.get("/x").withHeader("Prefer", "wait=1"),
                                    EmptyResponseBody.class));
            assertThat(answer.endpoint()).hasToString(server.endpoint());
            assertThat(answer.header("x-leader")).contains("one");
            assertThat(server.heads().get(0)).contains("Prefer: wait=1\r\n");
        }
    }

    @Test
    void aRequestHasADeadlineOfItsOwn() throws Exception {
        try (FaultyServer server = FaultyServer.that(connection -> {});
                Transport transport = transport(server, LONG)) {
            assertFailure(
                            transport.send(
                                    Request.get("/x").withTimeout(SHORT), EmptyResponseBody.class))
                    .isInstanceOfSatisfying(
                            RequestTimeoutException.class,
                            timeout -> assertThat(timeout.timeout()).isEqualTo(SHORT));
            await(server.disconnected());
        }
    }

    @Test
    void noEndpointButTheClientsIsAsked() {
        try (FaultyServer server = FaultyServer.that(TransportContractTest::answerEmpty);
                FaultyServer other = FaultyServer.that(TransportContractTest::answerEmpty);
                Transport transport = transport(server, LONG)) {
            assertFailure(
                            transport.send(
                                    Request.get("/x").at(URI.create(other.endpoint())),
                                    EmptyResponseBody.class))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(other.heads()).isEmpty();
        }
    }

    @Test
    void aRequestThatWasNeverSentIsToldToBe() throws Exception {
        try (FaultyServer silent = FaultyServer.that(connection -> {});
                FlinkMonitoringClient client = client(FaultyServer.deadEndpoint(), LONG);
                FlinkMonitoringClient waiting = client(silent.endpoint(), SHORT)) {
            assertFailure(client.jobs().cancel(JOB))
                    .isInstanceOfSatisfying(
                            FlinkConnectionException.class,
                            refused -> assertThat(refused.mayHaveTakenPlace()).isFalse());
            assertFailure(waiting.jobs().cancel(JOB))
                    .isInstanceOfSatisfying(
                            RequestTimeoutException.class,
                            silence -> assertThat(silence.mayHaveTakenPlace()).isTrue());
        }
        try (FaultyServer resetting = FaultyServer.that(FaultyServer.Connection::reset);
                FlinkMonitoringClient client = client(resetting.endpoint(), LONG)) {
            assertFailure(client.jobs().cancel(JOB))
                    .isInstanceOfSatisfying(
                            FlinkConnectionException.class,
                            lost -> assertThat(lost.mayHaveTakenPlace()).isTrue());
        }
    }

    @Test
    void fiveHundredRequestsAtOnceTakeFewThreads() throws Exception {
        CountDownLatch crowded = new CountDownLatch(40);
        CountDownLatch measured = new CountDownLatch(1);
        Set<Thread> before = clientThreads();
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    crowded.countDown();
                                    await(measured);
                                    answerEmpty(connection);
                                });
                FlinkMonitoringClient client = client(server.endpoint(), LONG)) {
            List<CompletableFuture<EmptyResponseBody>> requests =
                    Stream.generate(() -> client.jobs().cancel(JOB)).limit(500).toList();
            await(crowded);
            Set<Thread> threads = clientThreads();
            threads.removeAll(before);
            assertThat(threads).hasSizeLessThanOrEqualTo(8);
            measured.countDown();
            for (CompletableFuture<EmptyResponseBody> request : requests) {
                await(request);
            }
        }
    }

    @Test
    void callbacksRunOnWorkerThreads() throws Exception {
        CountDownLatch registered = new CountDownLatch(1);
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    await(registered);
                                    answerEmpty(connection);
                                });
                FlinkMonitoringClient client = client(server.endpoint(), LONG);
                FlinkMonitoringClient unanswered = client(server.endpoint(), SHORT)) {
            CompletableFuture<String> success =
                    client.jobs().cancel(JOB).thenApply(body -> threadName());
            CompletableFuture<String> timeout =
                    unanswered.jobs().cancel(JOB).handle((body, failure) -> threadName());
            assertThat(await(timeout)).startsWith("drey-client-worker");
            registered.countDown();
            assertThat(await(success)).startsWith("drey-client-worker");
        }
    }

    @Test
    void callbacksMayWaitForFurtherRequests() throws Exception {
        try (FaultyServer server = FaultyServer.that(TransportContractTest::answerEmpty);
                FlinkMonitoringClient client = client(server.endpoint(), LONG)) {
            List<CompletableFuture<EmptyResponseBody>> chains = new ArrayList<>();
            IntStream.range(0, 32)
                    .forEach(
                            i ->
                                    chains.add(
                                            client.jobs()
                                                    .cancel(JOB)
                                                    .thenApply(
                                                            body ->
                                                                    client.jobs()
                                                                            .cancel(JOB)
                                                                            .join())));
            for (CompletableFuture<EmptyResponseBody> chain : chains) {
                await(chain);
            }
        }
    }

    /** In ways that a pool of threads can notice, and in one that looks like work. */
    private enum Block {
        LATCH {
            @Override
            void until(Release release) {
                await(release.latch);
            }
        },
        LOCK {
            @Override
            void until(Release release) {
                synchronized (release.lock) {
                    assertThat(release.latch.getCount()).isZero();
                }
            }
        },
        JOIN {
            @Override
            void until(Release release) {
                release.future.join();
            }
        },
        SOCKET {
            @Override
            void until(Release release) {
                try (Socket socket = new Socket(release.silent.getInetAddress(), release.port())) {
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                } catch (IOException e) {
                    assertThat(release.latch.getCount()).isZero();
                }
            }
        };

        abstract void until(Release release);
    }

    /** What callbacks may wait for. */
    private static final class Release implements AutoCloseable {
        private final CountDownLatch latch = new CountDownLatch(1);
        private final Object lock = new Object();
        private final CompletableFuture<Void> future = new CompletableFuture<>();
        private final ServerSocket silent;

        Release() throws IOException {
            silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        }

        int port() {
            return silent.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            latch.countDown();
            future.complete(null);
            silent.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Block.class)
    void callbacksThatBlockDoNotKeepOthersFromEnding(Block block) throws Exception {
        List<CompletableFuture<Void>> blocked;
        try (FaultyServer server = FaultyServer.that(TransportContractTest::answerEmpty);
                FlinkMonitoringClient client = client(server.endpoint(), LONG)) {
            try (Release release = new Release()) {
                synchronized (release.lock) {
                    blocked =
                            Stream.generate(
                                            () ->
                                                    client.jobs()
                                                            .cancel(JOB)
                                                            .thenAccept(
                                                                    body -> block.until(release)))
                                    .limit(40)
                                    .toList();
                    await(client.jobs().cancel(JOB));
                    assertThat(blocked).noneMatch(CompletableFuture::isDone);
                    release.close();
                }
            }
            for (CompletableFuture<Void> callback : blocked) {
                await(callback);
            }
        }
    }

    @Test
    void aThousandOperationsTakeFewThreadsAndConnections() throws Exception {
        Set<Thread> before = clientThreads();
        List<OperationFuture<SavepointInfo>> operations;
        try (FaultyServer server =
                        FaultyServer.thatIsKnownAnd(
                                connection ->
                                        connection.answerJson(
                                                202,
                                                connection.head().startsWith("POST")
                                                        ? "{\"request-id\":\"%s\"}".formatted(JOB)
                                                        : "{\"status\":{\"id\":\"IN_PROGRESS\"}}"));
                FlinkMonitoringClient client = client(server.endpoint(), LONG)) {
            operations =
                    Stream.generate(() -> client.savepoints().trigger(JOB)).limit(1_000).toList();
            for (OperationFuture<SavepointInfo> operation : operations) {
                await(operation.acknowledged());
            }
            Set<Thread> threads = clientThreads();
            threads.removeAll(before);
            assertThat(threads).hasSizeLessThanOrEqualTo(8);
            assertThat(server.connections()).isLessThanOrEqualTo(40);
            assertThat(operations).noneMatch(operation -> operation.result().isDone());
        }
        for (OperationFuture<SavepointInfo> operation : operations) {
            assertFailure(operation.result()).isInstanceOf(ClientClosedException.class);
        }
    }

    private static void assertTimesOut(FaultyServer.Behaviour behaviour) throws Exception {
        try (FaultyServer server = FaultyServer.that(behaviour);
                FlinkMonitoringClient client = client(server.endpoint(), SHORT)) {
            CompletableFuture<?> request = client.cluster().overview();
            assertFailure(request)
                    .isInstanceOfSatisfying(
                            RequestTimeoutException.class,
                            timeout -> {
                                assertThat(timeout.method()).isEqualTo("GET");
                                assertThat(timeout.uri())
                                        .hasToString(server.endpoint() + "/v1/overview");
                                assertThat(timeout.timeout()).isEqualTo(SHORT);
                            });
            await(server.disconnected());
        }
    }

    private static FlinkMonitoringClient client(String endpoint, Duration timeout) {
        return FlinkMonitoringClient.builder()
                .endpoint(endpoint)
                .requestTimeout(timeout)
                .retries(RetrySettings.NONE)
                .build();
    }

    private static Transport transport(FaultyServer server, Duration timeout) {
        return new Transport(
                new TransportSettings()
                        .endpoints(server.endpoint())
                        .requestTimeout(timeout)
                        .retries(RetrySettings.NONE));
    }

    private static void answerEmpty(FaultyServer.Connection connection) throws IOException {
        connection.answerJson(202, "{}");
    }

    private static Path sparseFile(Path folder, long length) throws IOException {
        Path file = folder.resolve("job.jar");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(length);
        }
        return file;
    }

    private static Set<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("drey-client"))
                .collect(Collectors.toSet());
    }

    private static String threadName() {
        return Thread.currentThread().getName();
    }
}
