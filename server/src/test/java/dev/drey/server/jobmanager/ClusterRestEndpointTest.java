package dev.drey.server.jobmanager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drey.client.transport.TlsSettings;
import dev.drey.model.ApplicationId;
import dev.drey.model.JarId;
import dev.drey.model.jars.JarRunApplicationRequestBody;
import dev.drey.model.jars.JarRunApplicationResponseBody;
import dev.drey.model.jobmanager.ConfigurationInfoEntry;
import dev.drey.model.profiler.ProfilingInfo;
import dev.drey.model.profiler.ProfilingRequestBody;
import dev.drey.server.http.Content;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ServerErrorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterRestEndpointTest {

    private static final Duration GUARD = Duration.ofSeconds(30);
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final UUID SESSION = new UUID(0, 0);

    /** More than fits between the two. */
    private static final long LARGE = 1L << 30;

    private static final ProfilingRequestBody PROFILE =
            new ProfilingRequestBody(ProfilingInfo.ProfilingMode.ITIMER, 3);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer flink;

    @BeforeEach
    void start() throws IOException {
        flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/v1/jobmanager/config", 200, "[{\"key\":\"rest.port\",\"value\":\"8081\"}]");
        answer("/v1/jobmanager/environment", 200, "{\"classpath\":[\"a.jar\",\"b.jar\"]}");
        answer("/v1/jobmanager/profiler", 200, "{\"profilingList\":[{\"duration\":3}]}");
        flink.setExecutor(threads);
        flink.start();
    }

    @AfterEach
    void stop() {
        flink.stop(0);
        threads.shutdownNow();
    }

    @Test
    void anAddressThatWasGivenIsAsked() {
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(uri(), TlsSettings.DEFAULT)) {
            assertThat(endpoint.configuration())
                    .succeedsWithin(GUARD)
                    .asInstanceOf(list(ConfigurationInfoEntry.class))
                    .containsExactly(new ConfigurationInfoEntry("rest.port", "8081"));
            assertThat(endpoint.environment().join().classPath()).containsExactly("a.jar", "b.jar");
            assertThat(endpoint.profiles().join().profilingInfos())
                    .singleElement()
                    .extracting(ProfilingInfo::duration)
                    .isEqualTo(3L);
        }
    }

    @Test
    void theLeaderIsFollowed() {
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(TlsSettings.DEFAULT)) {
            failureOf(endpoint.environment(), 503).hasMessageContaining("not known");

            endpoint.notifyLeaderAddress(uri(), SESSION);
            assertThat(endpoint.environment()).succeedsWithin(GUARD);

            endpoint.notifyLeaderAddress(null, null);
            failureOf(endpoint.environment(), 503).hasMessageContaining("not known");
        }
    }

    @Test
    void anAddressThatMakesNoSenseIsNoAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClusterRestEndpoint("nowhere", TlsSettings.DEFAULT));
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(TlsSettings.DEFAULT)) {
            endpoint.notifyLeaderAddress("nowhere", SESSION);

            failureOf(endpoint.environment(), 503).hasMessageContaining("not known");
        }
    }

    @Test
    void anEndpointThatIsNotThereIsNamed() {
        flink.stop(0);
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(uri(), TlsSettings.DEFAULT)) {
            failureOf(endpoint.environment(), 503).hasMessageContaining(uri());
        }
    }

    @Test
    void aRefusalIsToldWithItsStatus() {
        flink.removeContext("/v1/jobmanager/environment");
        answer("/v1/jobmanager/environment", 500, "{\"errors\":[\"it is broken\"]}");
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(uri(), TlsSettings.DEFAULT)) {
            failureOf(endpoint.environment(), 502).hasMessageContainingAll(uri(), "500", "broken");
        }
    }

    @Test
    void aFileIsPassedOnFromAnyPlace() throws Exception {
        answer("/v1/jobmanager/log", 200, "0123456789");
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(uri(), TlsSettings.DEFAULT);
                Content log = endpoint.log().get(GUARD.toSeconds(), TimeUnit.SECONDS)) {
            ByteBuffer part = ByteBuffer.allocate(2);

            assertThat(log.length()).isEqualTo(10);
            assertThat(readAt(log, part, 3)).isEqualTo(2);
            assertThat(part.array()).isEqualTo("34".getBytes(UTF_8));
            assertThat(readAt(log, part.clear(), 8)).isEqualTo(2);
            assertThat(part.array()).isEqualTo("89".getBytes(UTF_8));
            assertThat(readAt(log, part.clear(), 10)).isEqualTo(-1);
        }
    }

    @Test
    void aDreyIsAskedForAPartOnly() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        flink.createContext(
                "/v1/jobmanager/log",
                exchange -> {
                    String range = String.valueOf(exchange.getRequestHeaders().getFirst("Range"));
                    asked.add(range);
                    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
                    if (range.equals("null")) {
                        sendZeros(exchange, 200, LARGE);
                    } else {
                        exchange.getResponseHeaders()
                                .set(
                                        "Content-Range",
                                        "bytes %d-%d/%d".formatted(LARGE - 3, LARGE - 1, LARGE));
                        exchange.sendResponseHeaders(206, 3);
                        exchange.getResponseBody().write("end".getBytes(UTF_8));
                        exchange.close();
                    }
                });
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(uri(), TlsSettings.DEFAULT);
                Content log = endpoint.log().get(GUARD.toSeconds(), TimeUnit.SECONDS)) {
            ByteBuffer part = ByteBuffer.allocate(3);

            assertThat(log.length()).isEqualTo(LARGE);
            assertThat(readAt(log, part, LARGE - 3)).isEqualTo(3);
            assertThat(part.array()).isEqualTo("end".getBytes(UTF_8));
        }
        assertThat(asked).containsExactly("null", "bytes=%d-".formatted(LARGE - 3));
    }

    @Test
    void stockFlinkSendsNoMoreThanWhatIsBefore() throws Exception {
        CountDownLatch brokenOff = new CountDownLatch(1);
        flink.createContext(
                "/v1/jobmanager/log",
                exchange -> {
                    try {
                        sendZeros(exchange, 200, LARGE);
                    } catch (IOException e) {
                        brokenOff.countDown();
                        throw e;
                    }
                });
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(uri(), TlsSettings.DEFAULT)) {
            try (Content log = endpoint.log().get(GUARD.toSeconds(), TimeUnit.SECONDS)) {
                assertThat(readAt(log, ByteBuffer.allocate(3), 3 << 20)).isEqualTo(3);
            }
            assertThat(brokenOff.await(GUARD.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aFileThatIsNotThereIs404() {
        answer("/v1/jobmanager/logs/x", 404, "{\"errors\":[\"no such file\"]}");
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(uri(), TlsSettings.DEFAULT)) {
            assertThat(endpoint.log("x"))
                    .failsWithin(GUARD)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(NotFoundException.class)
                    .withMessageContaining("no such file");
        }
    }

    @Test
    void aProfileIsAskedForWhereTheJobManagerIs() {
        flink.removeContext("/v1/jobmanager/profiler");
        answer("/v1/jobmanager/profiler", 200, "{\"status\":\"RUNNING\",\"duration\":3}");
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(uri(), TlsSettings.DEFAULT)) {
            assertThat(endpoint.startProfile(PROFILE).join().status())
                    .isEqualTo(ProfilingInfo.ProfilingStatus.RUNNING);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500, java.lang.IllegalStateException: JobManager is still under profiling.",
        "409, A profile is being taken already"
    })
    void aJobManagerThatIsBeingProfiledIsBusy(int status, String error) {
        flink.removeContext("/v1/jobmanager/profiler");
        answer("/v1/jobmanager/profiler", status, "{\"errors\":[\"%s\"]}".formatted(error));
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(uri(), TlsSettings.DEFAULT)) {
            assertThat(endpoint.startProfile(PROFILE))
                    .failsWithin(GUARD)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(IllegalStateException.class)
                    .havingCause()
                    .withNoCause();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'500', '`duration` must be set between (0s, 2s].'",
        "400, Field 'duration' is 3: send a number of seconds from 1 to 2"
    })
    void aProfileThatTheClusterDoesNotAllowIs400(int status, String error) {
        flink.removeContext("/v1/jobmanager/profiler");
        answer("/v1/jobmanager/profiler", status, "{\"errors\":[\"%s\"]}".formatted(error));
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(uri(), TlsSettings.DEFAULT)) {
            assertThat(endpoint.startProfile(PROFILE))
                    .failsWithin(GUARD)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(BadRequestException.class)
                    .withMessageContaining("duration");
        }
    }

    @Test
    void nobodyIsAskedAfterTheEnd() {
        ClusterRestEndpoint endpoint = new ClusterRestEndpoint(TlsSettings.DEFAULT);
        endpoint.close();

        endpoint.notifyLeaderAddress(uri(), SESSION);

        failureOf(endpoint.environment(), 503).hasMessageContaining("not known");
    }

    @Test
    void aJarIsCopiedOnceAndItsCopyIsDeleted(@TempDir Path folder) throws Exception {
        Path jar = Files.writeString(folder.resolve("0_job.jar"), "content");
        String copies = "{\"files\":[{\"id\":\"1_0_job.jar\",\"name\":\"0_job.jar\"}]}";
        List<String> asked = new CopyOnWriteArrayList<>();
        AtomicReference<String> list = new AtomicReference<>("{\"files\":[]}");
        flink.createContext(
                "/v1/jars",
                exchange -> {
                    String request =
                            exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
                    asked.add(request);
                    exchange.getRequestBody().readAllBytes();
                    String answer =
                            switch (request) {
                                case "GET /v1/jars" -> list.get();
                                case "POST /v1/jars/upload" -> {
                                    list.set(copies);
                                    yield "{\"filename\":\"/x/1_0_job.jar\",\"status\":\"success\"}";
                                }
                                case "DELETE /v1/jars/1_0_job.jar" -> "{}";
                                default -> "{\"applicationid\":\"" + ID + "\"}";
                            };
                    reply(exchange, 200, answer);
                });
        JarRunApplicationRequestBody request = JarRunApplicationRequestBody.builder().build();
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(uri(), TlsSettings.DEFAULT)) {
            assertThat(endpoint.runApplication(jar, request))
                    .succeedsWithin(GUARD)
                    .isEqualTo(new JarRunApplicationResponseBody(new ApplicationId(ID)));
            assertThat(endpoint.runApplication(jar, request)).succeedsWithin(GUARD);
            assertThat(endpoint.deleteCopies(new JarId("0_job.jar"))).succeedsWithin(GUARD);
        }

        assertThat(asked)
                .containsExactly(
                        "GET /v1/jars",
                        "POST /v1/jars/upload",
                        "POST /v1/jars/1_0_job.jar/run-application",
                        "GET /v1/jars",
                        "POST /v1/jars/1_0_job.jar/run-application",
                        "GET /v1/jars",
                        "DELETE /v1/jars/1_0_job.jar");
    }

    @Test
    void anApplicationThatIsRefusedThereIsRefusedHere() {
        answer("/v1/jars", 400, "{\"errors\":[\"it was submitted before\"]}");
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(uri(), TlsSettings.DEFAULT)) {
            assertThat(
                            endpoint.runApplication(
                                    Path.of("0_job.jar"),
                                    JarRunApplicationRequestBody.builder().build()))
                    .failsWithin(GUARD)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(ClientErrorException.class)
                    .withMessageContaining("it was submitted before");
        }
    }

    @Test
    void whereThereIsNoEndpointNoApplicationRuns() {
        flink.stop(0);
        try (ClusterRestEndpoint endpoint = new ClusterRestEndpoint(uri(), TlsSettings.DEFAULT)) {
            failureOf(
                            endpoint.runApplication(
                                    Path.of("0_job.jar"),
                                    JarRunApplicationRequestBody.builder().build()),
                            501)
                    .hasMessageContainingAll(uri(), "jobmanager mode");
        }
    }

    /** As whoever sends it reads: what is before is on its way for a while. */
    private static int readAt(Content content, ByteBuffer target, long position)
            throws IOException {
        int read;
        do {
            read = content.read(target, position);
        } while (read == 0);
        return read;
    }

    private static void sendZeros(HttpExchange exchange, int status, long length)
            throws IOException {
        exchange.sendResponseHeaders(status, length);
        byte[] zeros = new byte[1 << 16];
        for (long sent = 0; sent < length; sent += zeros.length) {
            exchange.getResponseBody().write(zeros);
        }
        exchange.close();
    }

    private String uri() {
        return "http://127.0.0.1:" + flink.getAddress().getPort();
    }

    private void answer(String path, int status, String json) {
        flink.createContext(path, exchange -> reply(exchange, status, json));
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static AbstractThrowableAssert<?, ServerErrorException> failureOf(
            CompletableFuture<?> future, int status) {
        return assertThat(future)
                .failsWithin(GUARD)
                .withThrowableOfType(ExecutionException.class)
                .extracting(Throwable::getCause, throwable(ServerErrorException.class))
                .satisfies(
                        failure -> assertThat(failure.getResponse().getStatus()).isEqualTo(status));
    }
}
