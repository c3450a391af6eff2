package dev.drey.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, versions and errors. */
@ExtendWith(Clusters.class)
class DreyWireIT {

    private static final String JSON = "application/json; charset=UTF-8";

    private final HttpCalls http;

    DreyWireIT(DreyCluster cluster) {
        http = new HttpCalls(cluster.uri());
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /overview, 'GET, HEAD, OPTIONS'",
        "POST,   /jobs/overview, 'GET, HEAD, OPTIONS'",
        "PUT,    /v1/jobs/deadbeefdeadbeefdeadbeefdeadbeef, 'GET, HEAD, OPTIONS, PATCH'",
        "GET,    /jars/upload, 'OPTIONS, POST'",
    })
    void wrongMethodIs405AndSaysWhatIsAllowed(String method, String path, String allowed)
            throws Exception {
        HttpResponse<String> answer = http.send(method, path, BodyPublishers.noBody());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow").orElseThrow().split(",\\s*"))
                .containsExactlyInAnyOrder(allowed.split(", "));
        assertThat(HttpCalls.errors(answer)).singleElement().asString().contains(method);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/config", "/v1/jobs/overview", "/"})
    void headIsAGetWithoutItsBody(String path) throws Exception {
        HttpResponse<String> get = http.get(path);
        HttpResponse<String> head = http.send("HEAD", path, BodyPublishers.noBody());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Type"))
                .isPresent()
                .isEqualTo(get.headers().firstValue("Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/config", "/jobs", "/jars"})
    void versionOneIsTheSameAsNone(String path) throws Exception {
        HttpResponse<String> plain = http.get(path);
        HttpResponse<String> versioned = http.get("/v1" + path);

        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(plain.headers().firstValue("Content-Type")).contains(JSON);
        assertThat(versioned.statusCode()).isEqualTo(200);
        assertThat(versioned.body()).isEqualTo(plain.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v0/config", "/v2/config", "/v99/jobs", "/v1/v1/config", "/v1"})
    void anyOtherVersionIs404(String path) throws Exception {
        HttpResponse<String> answer = http.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        requireOneClearLine(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET   | /nowhere                                         |        | 404",
                "GET   | /jobs/deadbeefdeadbeefdeadbeefdeadbeef           |        | 404",
                "GET   | /jobs/deadbeefdeadbeefdeadbeefdeadbeef/status    |        | 404",
                "GET   | /jobs/no-id                                      |        | 400",
                "PATCH | /jobs/deadbeefdeadbeefdeadbeefdeadbeef?mode=fast |        | 400",
                "POST  | /jobs/deadbeefdeadbeefdeadbeefdeadbeef/savepoints| {oops  | 400",
                "POST  | /jars/no.jar/run                                 | {}     | 404",
                "POST  | /jars/upload                                     | {}     | 400",
            })
    void errorIsOneLineWithoutAStackTrace(String method, String path, String body, int status)
            throws Exception {
        HttpResponse<String> answer =
                http.send(
                        method,
                        path,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));

        assertThat(answer.statusCode()).isEqualTo(status);
        requireOneClearLine(answer);
    }

    @Test
    void getWithAJsonBodyIsAGet() throws Exception {
        HttpResponse<String> answer =
                http.send("GET", "/v1/config", BodyPublishers.ofString("{}"), "Content-Type", JSON);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(http.get("/config").body());
    }

    private static void requireOneClearLine(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type")).contains(JSON);
        assertThat(HttpCalls.errors(answer))
                .singleElement()
                .asString()
                .isNotBlank()
                .doesNotContain("\n", "\tat ", "Exception");
    }
}
