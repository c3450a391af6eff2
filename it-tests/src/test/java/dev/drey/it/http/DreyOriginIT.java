package dev.drey.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A web page must not be able to run code through the browser of someone who visits it. */
@ExtendWith(Clusters.class)
class DreyOriginIT {

    private static final String FOREIGN = "http://evil.example";
    private static final String UNKNOWN_JAR = "/jars/no.jar";

    private final URI uri;
    private final HttpCalls http;

    DreyOriginIT(DreyCluster cluster) {
        uri = cluster.uri();
        http = new HttpCalls(uri);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /jars/upload",
        "POST, /v1/jars/no.jar/run",
        "DELETE, /jars/no.jar",
        "PATCH, /jobs/deadbeefdeadbeefdeadbeefdeadbeef",
    })
    void writeFromAForeignPageIs403(String method, String path) throws Exception {
        HttpResponse<String> answer =
                http.send(method, path, BodyPublishers.noBody(), "Origin", FOREIGN);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(HttpCalls.errors(answer)).singleElement().asString().contains(FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8081", "192.0.2.1"})
    void writeToAForeignNameIs403(String host) throws Exception {
        HttpResponse<String> answer =
                http.send("DELETE", UNKNOWN_JAR, BodyPublishers.noBody(), "Host", host);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(HttpCalls.errors(answer)).singleElement().asString().contains(host);
    }

    @Test
    void writeFromItsOwnPageIsTaken() throws Exception {
        HttpResponse<String> answer =
                http.send("DELETE", UNKNOWN_JAR, BodyPublishers.noBody(), "Origin", uri.toString());

        assertThat(answer.statusCode()).as("refused for the unknown jar alone").isEqualTo(400);
    }

    @Test
    void anyPageMayRead() throws Exception {
        HttpResponse<String> answer =
                http.send("GET", "/config", BodyPublishers.noBody(), "Origin", FOREIGN);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    }

    @ParameterizedTest
    @CsvSource({"POST, /jars/upload", "PATCH, /jobs/deadbeefdeadbeefdeadbeefdeadbeef"})
    void preflightForAWriteIsNotGranted(String method, String path) throws Exception {
        HttpResponse<String> answer =
                http.send(
                        "OPTIONS",
                        path,
                        BodyPublishers.noBody(),
                        "Origin",
                        FOREIGN,
                        "Access-Control-Request-Method",
                        method);

        assertThat(answer.headers().allValues("Access-Control-Allow-Methods"))
                .noneMatch(methods -> methods.contains(method));
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers")).isEmpty();
    }
}
