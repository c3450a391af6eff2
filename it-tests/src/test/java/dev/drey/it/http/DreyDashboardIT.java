package dev.drey.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink's dashboard, beside the API. */
@ExtendWith(Clusters.class)
class DreyDashboardIT {

    private static final Pattern SCRIPT = Pattern.compile("<script[^>]* src=\"([^\"]+\\.js)\"");

    private final HttpCalls http;

    DreyDashboardIT(DreyCluster cluster) {
        http = new HttpCalls(cluster.uri());
    }

    @Test
    void rootIsTheDashboardAndItsScriptsAreThere() throws Exception {
        HttpResponse<String> index = http.get("/");

        assertThat(index.statusCode()).isEqualTo(200);
        assertThat(header(index, "Content-Type")).startsWith("text/html");
        assertThat(header(index, "Cache-Control")).contains("max-age=");
        assertThat(index.body()).isEqualTo(http.get("/index.html").body());
        Matcher script = SCRIPT.matcher(index.body());
        assertThat(script.find()).as(index.body()).isTrue();
        HttpResponse<String> code = http.get("/" + script.group(1));
        assertThat(code.statusCode()).isEqualTo(200);
        assertThat(header(code, "Content-Type")).startsWith("text/javascript");
    }

    @Test
    void unchangedFileIsNotSentAgain() throws Exception {
        String lastModified = header(http.get("/index.html"), "Last-Modified");

        HttpResponse<String> again =
                http.send(
                        "GET",
                        "/index.html",
                        BodyPublishers.noBody(),
                        "If-Modified-Since",
                        lastModified);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../META-INF/MANIFEST.MF",
                "/%2e%2e/META-INF/MANIFEST.MF",
                "/..%2fMETA-INF%2fMANIFEST.MF",
                "/%252e%252e/META-INF/MANIFEST.MF",
                "/assets/../../META-INF/MANIFEST.MF",
                "/META-INF/MANIFEST.MF",
                "//etc/passwd",
                "/..\\\\..\\\\etc\\\\passwd",
            })
    void nothingOutsideOfItIsReached(String path) throws Exception {
        HttpResponse<String> answer = http.get(path.replace("\\", "%5c"));

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(HttpCalls.errors(answer)).hasSize(1);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }
}
