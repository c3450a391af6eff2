package dev.drey.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardFilterTest {

    private static final Pattern SCRIPT = Pattern.compile("src=\"(main[^\"]*\\.js)\"");

    @AutoClose private static final TestServer SERVER = TestServer.cluster().start();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "//", "/?x=1", "/index.html?x#y"})
    void theRootIsTheDashboard(String path) {
        TestServer.Answer answer = SERVER.get(path).expect(200);

        assertThat(answer.header("Content-Type")).isEqualTo("text/html");
        assertThat(answer.body()).contains("<title>Apache Flink Web Dashboard</title>");
    }

    @Test
    void whatTheIndexNamesIsThereWithTheRightType() {
        Matcher script = SCRIPT.matcher(SERVER.get("/").body());
        assertThat(script.find()).as("a script in the index").isTrue();

        TestServer.Answer answer = SERVER.get("/" + script.group(1)).expect(200);

        assertThat(answer.header("Content-Type")).isEqualTo("text/javascript");
        assertThat(answer.body()).hasSizeGreaterThan(1000);
    }

    @Test
    void aBrowserKeepsAFileAndAsksWhetherItChanged() {
        TestServer.Answer answer = SERVER.get("/");
        String tag = answer.header("ETag");
        String lastModified = answer.header("Last-Modified");

        assertThat(answer.header("Cache-Control")).contains("private", "max-age=300");
        assertThat(tag).matches("\"[^\"]+\"");
        notModified("If-None-Match: " + tag);
        notModified("If-None-Match: \"x\", " + tag);
        notModified("If-None-Match: *");
        notModified("If-Modified-Since: " + lastModified);
        SERVER.get("/", "If-None-Match: \"x\"").expect(200);
        SERVER.get("/", "If-None-Match: \"x\"", "If-Modified-Since: " + lastModified).expect(200);
        SERVER.get("/", "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Modified-Since: long ago", "Range: bytes=0-1"})
    void whatABrowserAsksInNoKnownWayDoesNotMatter(String header) {
        SERVER.get("/", header).expect(200);
    }

    @Test
    void aTagThatIsNoneIsRefused() {
        assertThat(SERVER.get("/", "If-None-Match: x").refused(400)).contains("If-None-Match");
    }

    @Test
    void headIsGetWithoutABody() {
        TestServer.Answer head = SERVER.send("HEAD", "/", null).expect(200);

        assertThat(head.header("Content-Type")).isEqualTo("text/html");
        assertThat(head.header("ETag")).isEqualTo(SERVER.get("/").header("ETag"));
    }

    @Test
    void filesAreOnlyRead() {
        assertThat(SERVER.send("OPTIONS", "/", null).expect(200).header("Allow"))
                .isEqualTo("GET, HEAD, OPTIONS");
        TestServer.Answer answer = SERVER.send("POST", "/index.html", "{}");

        assertThat(answer.refused(405)).contains("POST", "/index.html");
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/META-INF/MANIFEST.MF",
                "/web/index.html",
                "/../META-INF/MANIFEST.MF",
                "/assets/../../META-INF/MANIFEST.MF",
                "/./../META-INF/MANIFEST.MF",
                "/%2e%2e/META-INF/MANIFEST.MF",
                "/..%2fMETA-INF/MANIFEST.MF",
                "/%2e%2e%2fMETA-INF%2fMANIFEST.MF",
                "/..%5cMETA-INF%5cMANIFEST.MF",
                "/..\\META-INF\\MANIFEST.MF",
                "/%252e%252e/META-INF/MANIFEST.MF",
                "/%c0%ae%c0%ae/META-INF/MANIFEST.MF",
                "/..;/META-INF/MANIFEST.MF",
                "//etc/passwd",
                "/%2fetc%2fpasswd",
                "/file:/etc/passwd",
                "/index.html%00",
                "/index.html%00.js",
                "/index.html/x",
                "/assets",
                "/assets/",
                "/.",
                "/..",
                "/org/apache/flink/runtime/webmonitor/WebSubmissionExtension.class"
            })
    void nothingOutsideAndNoFolderIsReached(String path) {
        TestServer.Answer answer = SERVER.get(path);

        assertThat(answer.status()).as(path).isIn(400, 404);
        assertThat(answer.refused(answer.status())).isNotBlank();
    }

    @Test
    void filesHaveNoVersion() {
        SERVER.get("/v1/index.html").refused(404);
        SERVER.get("/v1/").refused(404);
    }

    private static void notModified(String header) {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(SERVER.request("GET", "/", null, header));
            TestServer.Answer answer = connection.readHead().expect(304);

            assertThat(answer.header("ETag")).as(header).isNotNull();
            connection.send(SERVER.request("GET", "/config", null));
            connection.read().expect(200);
        }
    }
}
