package dev.drey.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.messages.webmonitor.MultipleJobsDetails;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestMetricsTest {

    private static final String DREY = "host-1.jobmanager.drey.";
    private static final String JOBS = "/jobs/overview";
    private static final long LARGE = 64L << 20;
    private static final int LONGEST_BODY = 1000;

    @TempDir private static Path folder;

    private OwnMetrics metrics;
    private ReportedMetrics reported;
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        Path log = folder.resolve("jm.log");
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(LARGE);
        }
        Configuration configuration = ReportedMetrics.configuration("requests");
        metrics = OwnMetrics.of(configuration, OwnMetrics.reporters(configuration, null));
        reported = ReportedMetrics.of("requests");
        server =
                TestServer.cluster()
                        .set(WebOptions.LOG_PATH, log.toString())
                        .set(RestOptions.SERVER_MAX_CONTENT_LENGTH, LONGEST_BODY)
                        .dispatcher(
                                dispatcher ->
                                        dispatcher.setRequestMultipleJobDetailsSupplier(
                                                () ->
                                                        CompletableFuture.completedFuture(
                                                                new MultipleJobsDetails(
                                                                        List.of()))))
                        .ownMetrics(metrics.group("host-1").orElseThrow())
                        .start();
    }

    @AfterEach
    void stop() {
        server.close();
        metrics.closeAsync().join();
    }

    @Test
    void aRequestIsCountedWithItsBytesAndItsTime() {
        String body = server.get(JOBS).expect(200).body();
        server.get("/v1" + JOBS + "/?x=1").expect(200);

        requireCounted(JOBS, "2xx", 2);
        assertThat(reported.count(DREY + "route." + JOBS + ".bytesSent"))
                .isEqualTo(2L * body.length());
        Histogram latency = reported.histogram(DREY + "route." + JOBS + ".latencyMicros");
        assertThat(latency.getCount()).isEqualTo(2);
        assertThat(latency.getStatistics().getMin()).isPositive();
    }

    @Test
    void reportersThatHaveLabelsLearnOfThem() {
        server.get(JOBS).expect(200);

        requireCounted(JOBS, "2xx", 1);
        assertThat(reported.variables(DREY + "route." + JOBS + ".status.2xx.requests"))
                .containsEntry("<host>", "host-1")
                .containsEntry("<route>", JOBS)
                .containsEntry("<status>", "2xx");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /jobs/00000000000000000000000000000001/vertices/x, /jobs/:jobid/vertices/:vertexid, 4xx",
        "GET, /jobs/x/y/z/u, unmatched, 4xx",
        "GET, /%22, unmatched, 4xx",
        "PUT, /jobs/overview, unmatched, 4xx",
        "GET, /v2/jobs/overview, unknown-version, 4xx",
        "GET, /v99, unknown-version, 4xx",
        "GET, /v1x/overview, unmatched, 4xx",
        "GET, /, dashboard, 2xx",
        "GET, /index.html, dashboard, 2xx",
        "HEAD, /jobs/overview, /jobs/overview, 2xx",
        "OPTIONS, /jobs/overview, unmatched, 2xx",
        "GET, /health/live, /health/live, 2xx",
        "GET, /jobmanager/logs/no-such-file, /jobmanager/logs/:filename, 4xx"
    })
    void theNameOfARouteIsNeverMadeByAClient(
            String method, String path, String route, String status) {
        server.send(method, path, null);

        requireCounted(route, status, 1);
        assertThat(routes()).containsExactly(route);
    }

    @Test
    void aHeadHasNoBytes() {
        server.send("HEAD", JOBS, null).expect(200);

        requireCounted(JOBS, "2xx", 1);
        assertThat(reported.count(DREY + "route." + JOBS + ".bytesSent")).isZero();
    }

    @Test
    void aFileCountsWhenItWasSentToItsEnd() {
        try (TestServer.Connection connection = server.connect()) {
            connection.send(server.request("GET", "/jobmanager/log", null));
            connection.readHead().expect(200);
            assertThat(routes()).isEmpty();
            connection.skip(LARGE);
        }

        requireCounted("/jobmanager/log", "2xx", 1);
        assertThat(reported.count(DREY + "route./jobmanager/log.bytesSent")).isEqualTo(LARGE);
    }

    @Test
    void anAnswerWhoseClientLeavesIsCut() {
        try (TestServer.Connection connection = server.connectNarrowly()) {
            connection.send(server.request("GET", "/jobmanager/log", null));
            connection.readHead().expect(200);
        }

        requireCounted("/jobmanager/log", "cut", 1);
        assertThat(reported.count(DREY + "route./jobmanager/log.bytesSent"))
                .isPositive()
                .isLessThan(LARGE);
    }

    @Test
    void whatNeverGetsToTheApplicationIsCountedToo() {
        server.send("POST", "/jobs/x/savepoints", "x".repeat(LONGEST_BODY + 1)).expect(413);
        requireCounted("malformed", "4xx", 1);
        try (TestServer.Connection connection = server.connect()) {
            connection.send("GET /overview HTTP/7.5\r\n\r\n");
            connection.readToEnd();
        }

        requireCounted("malformed", "5xx", 1);
        assertThat(reported.histogram(DREY + "route.malformed.latencyMicros").getCount()).isZero();
    }

    @Test
    void whatTheClusterIsAskedIsCounted() {
        server.get(JOBS).expect(200);

        assertThat(reported.count(DREY + "source.Jobs.fetches")).isEqualTo(1);
        assertThat(reported.count(DREY + "source.Jobs.sharedFetches")).isZero();
    }

    private void requireCounted(String route, String status, long count) {
        String identifier = DREY + "route." + route + ".status." + status + ".requests";
        TestServer.await(
                identifier + " is " + count,
                () ->
                        reported.all().containsKey(identifier)
                                && reported.count(identifier) == count);
    }

    private List<String> routes() {
        Pattern bytes = Pattern.compile(Pattern.quote(DREY + "route.") + "(.*)\\.bytesSent");
        return reported.all().keySet().stream()
                .map(bytes::matcher)
                .filter(Matcher::matches)
                .map(identifier -> identifier.group(1))
                .toList();
    }
}
