package dev.drey.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.messages.Acknowledge;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginFilterTest {

    private static final String JOB = "/jobs/00000000000000000000000000000001";
    private static final String NAMED = "https://named.example";
    private static final AtomicInteger CANCELLED = new AtomicInteger();

    @AutoClose private static final TestServer SERVER = cluster().start();

    @AutoClose
    private static final TestServer NAMING_SERVER =
            cluster().set(WebOptions.ACCESS_CONTROL_ALLOW_ORIGIN, NAMED).start();

    @BeforeEach
    void nothingIsCancelledYet() {
        CANCELLED.set(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "", "http://127.0.0.1:1"})
    void aForeignPageCannotWrite(String origin) {
        String line = SERVER.send("PATCH", JOB, "{}", "Origin: " + origin).refused(403);

        assertThat(line).contains("web.access-control-allow-origin");
        SERVER.send("GET", JOB + "/yarn-cancel", null, "Origin: " + origin).refused(403);
        SERVER.send("GET", JOB + "/yarn-cancel", null, "Sec-Fetch-Site: cross-site").refused(403);
        assertThat(CANCELLED).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /jars/upload",
                "DELETE /jars/x.jar",
                "POST /v1/jars/x.jar/run",
                "FOO /"
            })
    void noWriteIsForgotten(String request) {
        String[] parts = request.split(" ", 2);

        SERVER.send(parts[0], parts[1], "{}", "Origin: http://evil.example").refused(403);
    }

    /** As it is when an image or a link of a page asks for it. */
    @ParameterizedTest
    @ValueSource(strings = {"Origin: http://evil.example", "Sec-Fetch-Site: cross-site"})
    void aForeignPageCannotEndAJobByAGet(String header) {
        for (String path : List.of("/yarn-cancel", "/yarn-stop?mode=cancel", "/yarn-cancel//")) {
            SERVER.get(JOB + path, header).refused(403);
            SERVER.get("/v1" + JOB + path, header).refused(403);
            SERVER.send("HEAD", JOB + path, null, header).expect(405);
        }
        assertThat(CANCELLED).hasValue(0);

        SERVER.get(JOB + "/yarn-cancel", "Sec-Fetch-Site: none").expect(202);
        assertThat(CANCELLED).hasValue(1);
    }

    @Test
    void theServersOwnPageCanWrite() {
        SERVER.send("PATCH", JOB, "{}", "Origin: http://" + SERVER.authority()).expect(202);

        assertThat(CANCELLED).hasValue(1);
    }

    @Test
    void twoOriginsAreForeign() {
        String own = "Origin: http://" + SERVER.authority();

        SERVER.send("PATCH", JOB, "{}", own, "Origin: http://evil.example").refused(403);
        SERVER.send("PATCH", JOB, "{}", "Origin: http://evil.example", own).refused(403);
    }

    @Test
    void aPageThatTheOptionNamesCanWriteAndReadTheAnswer() {
        TestServer.Answer answer =
                NAMING_SERVER.send("PATCH", JOB, "{}", "Origin: " + NAMED).expect(202);

        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(NAMED);
        assertThat(CANCELLED).hasValue(1);
    }

    @Test
    void anotherPageThanTheNamedOneCannotWrite() {
        NAMING_SERVER.send("PATCH", JOB, "{}", "Origin: http://evil.example").refused(403);

        assertThat(CANCELLED).hasValue(0);
    }

    @Test
    void aPageWhoseNameWasBentToThisMachineCannotWrite() {
        String host = "Host: evil.example:" + SERVER.uri().getPort();
        String origin = "Origin: http://evil.example:" + SERVER.uri().getPort();

        assertThat(SERVER.send("PATCH", JOB, "{}", host).refused(403)).contains("evil.example");
        SERVER.send("PATCH", JOB, "{}", host, origin).refused(403);
        assertThat(CANCELLED).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8081", "[::1]:8081", "127.0.0.9", "x.localhost"})
    void allNamesOfThisMachineAreItsOwn(String host) {
        SERVER.send("PATCH", JOB, "{}", "Host: " + host, "Origin: http://" + host).expect(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: http://evil.example", "Origin: null", "Host: evil.example"})
    void readsAreNotRefused(String header) {
        SERVER.get("/config", header).expect(200);
        SERVER.send("HEAD", "/config", null, header).expect(200);
        SERVER.send("OPTIONS", "/config", null, header).expect(200);
    }

    @Test
    void everyPageMayReadByDefault() {
        TestServer.Answer answer = preflight(SERVER, "/config", "http://any.example", "GET");

        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET");
        assertThat(answer.header("Access-Control-Allow-Headers")).isEqualTo("content-type");
    }

    @Test
    void asInFlinkNoPageReadsWhereTheLogsAre() {
        for (String path : List.of("jobmanager/log-url", "taskmanagers/tm-1/log-url")) {
            assertThat(
                            SERVER.get("/jobs/xyz/" + path, "Origin: http://other.example")
                                    .expect(200)
                                    .header("Access-Control-Allow-Origin"))
                    .isNull();
        }
    }

    @Test
    void noPageMayAskForMoreThanReadsByDefault() {
        TestServer.Answer answer = preflight(SERVER, JOB, "http://any.example", "PATCH");

        assertThat(answer.headers())
                .doesNotContainKeys("access-control-allow-methods", "access-control-allow-headers");
    }

    @Test
    void thePageThatTheOptionNamesMayAskForAllMethods() {
        TestServer.Answer answer = preflight(NAMING_SERVER, JOB, NAMED, "PATCH");

        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(NAMED);
        assertThat(answer.header("Access-Control-Allow-Methods")).contains("PATCH", "GET");
        assertThat(answer.header("Access-Control-Allow-Headers")).isEqualTo("content-type");
    }

    @Test
    void anotherPageThanTheNamedOneMayAskForNothing() {
        TestServer.Answer answer = preflight(NAMING_SERVER, JOB, "http://evil.example", "PATCH");

        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(NAMED);
        assertThat(answer.headers()).doesNotContainKey("access-control-allow-methods");
    }

    private static TestServer.Answer preflight(
            TestServer server, String path, String origin, String method) {
        return server.send(
                        "OPTIONS",
                        path,
                        (String) null,
                        "Origin: " + origin,
                        "Access-Control-Request-Method: " + method,
                        "Access-Control-Request-Headers: content-type")
                .expect(200);
    }

    private static TestServer.Builder cluster() {
        return TestServer.cluster()
                .dispatcher(
                        dispatcher ->
                                dispatcher.setCancelJobFunction(
                                        job -> {
                                            CANCELLED.incrementAndGet();
                                            return CompletableFuture.completedFuture(
                                                    Acknowledge.get());
                                        }));
    }
}
