package dev.drey.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.messages.Acknowledge;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatFilterTest {

    private static final String SAVEPOINTS = "/jobs/00000000000000000000000000000001/savepoints";
    private static final String JSON = "application/json; charset=UTF-8";

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .set(CheckpointingOptions.SAVEPOINT_DIRECTORY, "file:///savepoints")
                    .dispatcher(
                            dispatcher ->
                                    dispatcher.setTriggerSavepointFunction(
                                            (key, directory, format) ->
                                                    CompletableFuture.completedFuture(
                                                            Acknowledge.get())))
                    .start();

    @Test
    void aGetWithABodyAsFlinksClientSendsItIsAnswered() {
        SERVER.send(
                        "GET",
                        "/v1/overview",
                        "{}",
                        "Content-Type: application/json; charset=UTF-8",
                        "Connection: close")
                .expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{oops", "[]", "null", ""})
    void theBodyOfAGetDoesNotMatter(String body) {
        SERVER.send("GET", "/config", body, "Content-Type: application/json").expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: text/html",
                "Accept: image/png;q=0",
                "Accept: nonsense",
                "Accept: */*;q=x",
                "Accept-Charset: utf-16",
                "Accept-Language: x y z",
                "Accept-Encoding: identity;q=0"
            })
    void whatTheClientAcceptsIsIgnored(String header) {
        TestServer.Answer answer = SERVER.get("/overview", header).expect(200);

        assertThat(answer.header("Content-Type")).isEqualTo(JSON);
        assertThat(answer.headers()).doesNotContainKey("content-encoding");
        assertThat(answer.json().isObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain",
                "Content-Type: application/xml",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: nonsense",
                "Content-Type:",
                "X: no type at all"
            })
    void aBodyThatIsNoFormIsJsonWhateverItsType(String header) {
        String id = "0123456789abcdef0123456789abcdef";
        String json = "{\"triggerId\":\"" + id + "\"}";

        TestServer.Answer answer = SERVER.send("POST", SAVEPOINTS, json, header).expect(202);

        assertThat(answer.json().get("request-id").textValue()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/overview", "/config", "/health/live", "/jars", "/nowhere", "/jobs/x"})
    void successesAndErrorsAreJsonThatEveryPageMayRead(String path) {
        TestServer.Answer answer = SERVER.get(path);

        assertThat(answer.header("Content-Type")).isEqualTo(JSON);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/overview", "/config", "/jars", "/", "/nowhere"})
    void headIsGetWithoutABody(String path) {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(SERVER.request("HEAD", path, null));
            TestServer.Answer head = connection.readHead();
            connection.send(SERVER.request("GET", path, null));
            TestServer.Answer get = connection.read();

            assertThat(head.status()).isEqualTo(get.status());
            assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        }
    }

    @Test
    void optionsTellsTheMethods() {
        TestServer.Answer answer = SERVER.send("OPTIONS", "/overview", null);

        assertThat(answer.status()).isIn(200, 204);
        assertThat(answer.header("Allow")).contains("GET", "HEAD", "OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST", "DELETE", "PATCH", "TRACE"})
    void aMethodThatARouteDoesNotHaveIs405(String method) {
        TestServer.Answer answer = SERVER.send(method, "/v1/overview", "{}");

        assertThat(answer.refused(405)).contains(method, "/overview");
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOO", "get"})
    void aMethodThatNobodyHasIsRefused(String method) {
        assertThat(SERVER.send(method, "/overview", "").status()).isIn(405, 501);
    }

    @Test
    void clientsThatOfferHttp2AreAnsweredInHttp1() throws Exception {
        HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .connectTimeout(Duration.ofSeconds(TestServer.PATIENCE_SECONDS))
                        .build();

        assertThat(status(client, HttpRequest.newBuilder(SERVER.uri().resolve("/overview"))))
                .isEqualTo(200);
        assertThat(
                        status(
                                client,
                                HttpRequest.newBuilder(SERVER.uri().resolve(SAVEPOINTS))
                                        .POST(HttpRequest.BodyPublishers.ofString("{}"))))
                .isEqualTo(202);
    }

    @Test
    void anOfferToUpgradeIsIgnoredAndTheConnectionGoesOn() {
        String[] offer = {
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"
        };
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(SERVER.request("GET", "/overview", null, offer));
            connection.read().expect(200);
            connection.send(SERVER.request("POST", SAVEPOINTS, "{}".getBytes(UTF_8), offer));
            connection.read().expect(202);
            connection.send(SERVER.request("GET", "/config", null));
            connection.read().expect(200);
        }
    }

    private static int status(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(
                        request.timeout(Duration.ofSeconds(TestServer.PATIENCE_SECONDS)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
