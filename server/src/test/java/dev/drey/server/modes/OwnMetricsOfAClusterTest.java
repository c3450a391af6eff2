package dev.drey.server.modes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.server.TestServer;
import dev.drey.server.telemetry.ReportedMetrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JobManager in this process, with a reporter. */
class OwnMetricsOfAClusterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(TestServer.PATIENCE_SECONDS);
    private static final String REQUESTS =
            "127.0.0.1/jobmanager/drey/route/_jobs_overview/status/2xx/requests";

    @TempDir private Path folder;

    @Test
    void reportersHaveThemAndTheMetricQueryServiceDoesNot() throws Exception {
        Configuration configuration = ReportedMetrics.configuration("cluster");
        configuration.addAll(
                Configuration.fromMap(
                        Map.of(
                                "metrics.reporter.remembering.scope.delimiter", "/",
                                "metrics.reporter.remembering.scope.variables.excludes", "status",
                                "rest.bind-address", "127.0.0.1",
                                "rest.bind-port", "0",
                                "jobmanager.rpc.address", "127.0.0.1",
                                "jobmanager.bind-host", "127.0.0.1",
                                "jobmanager.rpc.port", "0",
                                "io.tmp.dirs", folder.toString(),
                                "web.tmpdir", folder.toString())));
        SessionCluster cluster = SessionCluster.start(configuration);
        ReportedMetrics reported = ReportedMetrics.of("cluster");
        try {
            assertThat(cluster.awaitLeaders(0, PATIENCE)).isTrue();
            get(cluster.baseUri().resolve("/jobs/overview"));
            TestServer.await(REQUESTS, () -> reported.all().containsKey(REQUESTS));

            assertThat(reported.count(REQUESTS)).isEqualTo(1);
            assertThat(reported.variables(REQUESTS))
                    .containsEntry("<route>", "/jobs/overview")
                    .doesNotContainKey("<status>");
            assertThat(reported.all()).containsKey("127.0.0.1/jobmanager/Status/JVM/CPU/Load");
            assertThat(get(cluster.baseUri().resolve("/jobmanager/metrics")).findValuesAsText("id"))
                    .contains("Status.JVM.CPU.Load")
                    .noneMatch(id -> id.contains("drey") || id.contains("requests"));
        } finally {
            cluster.closeAsync().get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(reported.isClosed()).isTrue();
    }

    private static JsonNode get(URI uri) throws Exception {
        HttpResponse<byte[]> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(List.of(answer.statusCode())).containsExactly(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
