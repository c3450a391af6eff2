package dev.drey.client;

import static dev.drey.client.Futures.assertFailure;
import static dev.drey.client.Futures.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.error.UnreadableAnswerException;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.RetrySettings;
import dev.drey.client.transport.Transport;
import dev.drey.client.transport.TransportSettings;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.jobs.JobStatusInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes with requests, and the ways that they and their answers take. */
@Timeout(120)
class DeliveryTest {
    private static final Request READ = Request.get("/x");

    @Test
    void eachTryCarriesATokenOfItsOwn() throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        AtomicInteger requests = new AtomicInteger();
        try (FaultyServer server =
                        FaultyServer.that(
                                connection ->
                                        connection.answerJson(
                                                requests.getAndIncrement() == 0 ? 503 : 200,
                                                "{\"errors\":[\"No leader.\"]}"));
                Transport transport =
                        new Transport(
                                settings(server)
                                        .retries(quick())
                                        .bearerToken(() -> "t" + tokens.incrementAndGet()))) {
            await(send(transport, READ));
            assertThat(server.heads().get(0)).contains("Authorization: Bearer t1\r\n");
            assertThat(server.heads().get(1)).contains("Authorization: Bearer t2\r\n");
        }
    }

    @Test
    void whoGivesTokensMayTakeLongOrFail() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch given = new CountDownLatch(1);
        try (FaultyServer server = healthy();
                Transport slow =
                        new Transport(
                                settings(server)
                                        .bearerToken(
                                                () -> {
                                                    asked.countDown();
                                                    await(given);
                                                    return "t";
                                                }));
                Transport failing =
                        new Transport(
                                settings(server)
                                        .bearerToken(
                                                () -> {
                                                    throw new UnsupportedOperationException("no");
                                                }))) {
            CompletableFuture<?> answer = send(slow, READ);
            await(asked);
            given.countDown();
            await(answer);
            assertFailure(send(failing, READ)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void allRequestsCarryWhatTheClientIsTold() throws Exception {
        try (FaultyServer server = healthy();
                Transport transport =
                        new Transport(
                                settings(server)
                                        .basicAuthentication("Aladdin", "open sesame")
                                        .header("X-Tenant", "one")
                                        .header("x-other", "two"))) {
            await(send(transport, READ.withHeader("X-Other", "three")));
            assertThat(server.heads().get(0))
                    .contains("Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n")
                    .contains("X-Tenant: one\r\n")
                    .containsIgnoringCase("x-other: three\r\n")
                    .doesNotContain("two");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aReadFollowsARedirectWithinItsOrigin(int status) throws Exception {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    if (connection.head().startsWith("GET /v1/x ")) {
                                        redirect(connection, status, "/v1/y");
                                    } else {
                                        connection.answerJson(200, "{}");
                                    }
                                });
                Transport transport = new Transport(settings(server).bearerToken(() -> "sesame"))) {
            await(send(transport, READ));
            assertThat(server.heads()).hasSize(2);
            assertThat(server.heads().get(1))
                    .startsWith("GET /v1/y ")
                    .contains("Authorization: Bearer sesame\r\n");
        }
    }

    @Test
    void noRedirectLeadsElsewhere() {
        try (FaultyServer other = healthy();
                FaultyServer server =
                        FaultyServer.that(
                                connection ->
                                        redirect(connection, 302, other.endpoint() + "/v1/x"));
                Transport transport = new Transport(settings(server).bearerToken(() -> "sesame"))) {
            assertFailure(send(transport, READ))
                    .isInstanceOf(UnreadableAnswerException.class)
                    .hasMessageContaining("redirects to " + other.endpoint() + "/v1/x")
                    .hasMessageNotContaining("sesame");
            assertThat(other.heads()).isEmpty();
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void redirectsEnd() {
        try (FaultyServer server =
                        FaultyServer.that(connection -> redirect(connection, 302, "/v1/x"));
                Transport transport = new Transport(settings(server))) {
            assertFailure(send(transport, READ))
                    .isInstanceOf(UnreadableAnswerException.class)
                    .hasMessageContaining("at most 5");
            assertThat(server.heads()).hasSize(6);
        }
    }

    @Test
    void noWriteIsRedirected() {
        try (FaultyServer server =
                        FaultyServer.that(connection -> redirect(connection, 307, "/v1/y"));
                Transport transport = new Transport(settings(server))) {
            assertFailure(send(transport, Request.post("/x")))
                    .isInstanceOf(UnreadableAnswerException.class);
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void zippedAnswersAreRead() throws Exception {
        byte[] zipped = zip("{\"status\":\"RUNNING\"}".getBytes(UTF_8), 1);
        try (FaultyServer server = zipping(200, zipped);
                Transport transport = new Transport(settings(server))) {
            assertThat(await(transport.send(READ, JobStatusInfo.class)))
                    .isEqualTo(new JobStatusInfo(JobStatus.RUNNING));
            assertThat(server.heads().get(0)).containsIgnoringCase("Accept-Encoding: gzip\r\n");
        }
    }

    @Test
    void zippedErrorsAreRead() throws Exception {
        byte[] zipped = zip("{\"errors\":[\"Zipped.\"]}".getBytes(UTF_8), 1);
        try (FaultyServer server = zipping(404, zipped);
                Transport transport = new Transport(settings(server))) {
            assertFailure(send(transport, READ)).hasMessageContaining("Zipped.");
        }
    }

    @Test
    void whatUnzipsToTooMuchIsNotRead() throws Exception {
        try (FaultyServer server = zipping(200, zip(new byte[1 << 20], 257));
                Transport transport = new Transport(settings(server))) {
            assertFailure(send(transport, READ))
                    .isInstanceOf(UnreadableAnswerException.class)
                    .hasMessageContaining("larger than 268435456 bytes");
        }
    }

    @Test
    void whatIsNotZippedIsTold() {
        try (FaultyServer server = zipping(200, "{}".getBytes(UTF_8));
                Transport transport = new Transport(settings(server))) {
            assertFailure(send(transport, READ))
                    .isInstanceOf(UnreadableAnswerException.class)
                    .hasMessageContaining("cannot be unzipped");
        }
    }

    @Test
    void filesAreNotZipped() throws Exception {
        try (FaultyServer server = healthy();
                Transport transport = new Transport(settings(server))) {
            await(transport.download(READ)).close();
            assertThat(server.heads().get(0)).doesNotContainIgnoringCase("accept-encoding");
        }
    }

    @Test
    void aProxyIsAskedInPlaceOfTheEndpoint() throws Exception {
        try (FaultyServer proxy = healthy();
                Transport transport =
                        new Transport(
                                new TransportSettings()
                                        .endpoints("http://cluster.invalid:8081/flink")
                                        .proxy("127.0.0.1", port(proxy), "me", "sesame"))) {
            await(send(transport, READ));
            assertThat(proxy.heads().get(0))
                    .startsWith("GET http://cluster.invalid:8081/flink/v1/x HTTP/1.1\r\n")
                    .contains("Proxy-Authorization: Basic bWU6c2VzYW1l\r\n");
        }
    }

    @Test
    void aProxyIsAskedForATunnelAndToldNoSecrets() {
        try (FaultyServer proxy =
                        FaultyServer.that(
                                connection -> connection.answer(403, "text/html", "no way"));
                Transport transport =
                        new Transport(
                                new TransportSettings()
                                        .endpoints("https://cluster.invalid:8443")
                                        .retries(RetrySettings.NONE)
                                        .bearerToken(() -> "sesame")
                                        .proxy("127.0.0.1", port(proxy)))) {
            assertFailure(send(transport, READ)).hasMessageNotContaining("sesame");
            assertThat(proxy.heads())
                    .singleElement()
                    .asString()
                    .startsWith("CONNECT cluster.invalid:8443 HTTP/1.1\r\n")
                    .doesNotContain("sesame");
        }
    }

    private static int port(FaultyServer server) {
        return Integer.parseInt(
                server.endpoint().substring(server.endpoint().lastIndexOf(':') + 1));
    }

    private static CompletableFuture<EmptyResponseBody> send(Transport transport, Request request) {
        return transport.send(request, EmptyResponseBody.class);
    }

    private static TransportSettings settings(FaultyServer server) {
        return new TransportSettings().endpoints(server.endpoint()).retries(RetrySettings.NONE);
    }

    private static RetrySettings quick() {
        return RetrySettings.DEFAULT.withPauses(Duration.ofMillis(1), Duration.ofMillis(10));
    }

    private static FaultyServer healthy() {
        return FaultyServer.that(connection -> connection.answerJson(200, "{}"));
    }

    private static void redirect(FaultyServer.Connection connection, int status, String location)
            throws IOException {
        connection.readBody();
        connection.send(
                "HTTP/1.1 %d Elsewhere\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                        .formatted(status, location));
    }

    private static FaultyServer zipping(int status, byte[] body) {
        return FaultyServer.that(
                connection -> {
                    connection.send(
                            "HTTP/1.1 %d Zipped\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                                    .formatted(status, body.length));
                    connection.send(body);
                });
    }

    private static byte[] zip(byte[] block, int times) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(zipped)) {
            for (int i = 0; i < times; i++) {
                zip.write(block);
            }
        }
        return zipped.toByteArray();
    }
}
