package dev.drey.client;

import static dev.drey.client.Futures.assertFailure;
import static dev.drey.client.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.cluster.Capabilities;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.UnsupportedByServerException;
import dev.drey.client.transport.LateRoutes;
import dev.drey.model.JobId;
import dev.drey.model.RescaleUuid;
import dev.drey.model.TriggerId;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server has, and how it is told that it has not. */
@Timeout(120)
class CapabilitiesTest {
    private static final JobId JOB = JobId.fromString("0123456789abcdef0123456789abcdef");

    @Test
    void dreyHasAll() throws Exception {
        Capabilities drey = capabilities("2.3.0", "Drey-Instance: a\r\n");

        assertThat(drey.flinkVersion()).isEqualTo("2.3.0");
        assertThat(drey.drey()).isTrue();
        assertThat(drey.lacking()).isEmpty();
        assertThat(drey.has("GET /operations")).isTrue();
    }

    @Test
    void stockLacksWhatIsOfDrey() throws Exception {
        Capabilities stock = capabilities("2.3.0", "");

        assertThat(stock.drey()).isFalse();
        assertThat(stock.has("GET /jobs/:jobid/rescales/history")).isTrue();
        assertThat(stock.has("GET /operations")).isFalse();
        assertThat(stock.has("PATCH /jobs/:jobid/rescaling")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1.18.1, false, false, false",
        "1.19-SNAPSHOT, true, false, false",
        "1.20.5, true, true, false",
        "2.2.1-vendor, true, true, true",
        "10.0, true, true, true",
        "'', false, false, false"
    })
    void anOlderFlinkLacksWhatCameLater(
            String version, boolean profiler, boolean metrics, boolean coordinators)
            throws Exception {
        Capabilities older = capabilities(version, "");

        assertThat(older.has("GET /jobmanager/profiler")).isEqualTo(profiler);
        assertThat(older.has("GET /jobs/:jobid/vertices/:vertexid/jm-operator-metrics"))
                .isEqualTo(metrics);
        assertThat(older.has("POST /jobs/:jobid/coordinators/:operatorUid"))
                .isEqualTo(coordinators);
    }

    /** No recording is of a Flink that, by the table, has no such route. */
    @ParameterizedTest
    @ValueSource(strings = {"1.18.1", "1.20.5", "2.0.2", "2.3.0"})
    void noFlinkHasAnsweredWhatItLacks(String version) {
        Set<String> answered =
                RecordedAnswers.all()
                        .filter(exchange -> exchange.version().equals(version))
                        .filter(exchange -> !exchange.isRefusal())
                        .map(RecordedAnswers.Exchange::route)
                        .collect(Collectors.toSet());

        assertThat(LateRoutes.lacking(version, false)).doesNotContainAnyElementsOf(answered);
    }

    @Test
    void everyLateRouteIsOneOfTheSdk(@TempDir Path folder) throws Exception {
        Set<String> late = new TreeSet<>(LateRoutes.lacking("", false));
        late.remove("GET /jobs/:jobid/events");

        assertThat(SdkRoutes.all(folder)).containsAll(late);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unable to load requested file /jobs/x/rescales/history.",
                "Not found: /v1/jobs/x/rescales/history"
            })
    void aCallThatTheServerLacksSaysSo(String line) {
        try (FaultyServer server = refusing(404, line);
                FlinkMonitoringClient client = client(server)) {
            assertFailure(client.rescaling().history(JOB))
                    .isInstanceOfSatisfying(
                            UnsupportedByServerException.class,
                            missing -> {
                                assertThat(missing.route())
                                        .isEqualTo("GET /jobs/:jobid/rescales/history");
                                assertThat(missing.since()).isEqualTo("2.3");
                                assertThat(missing.status()).isEqualTo(404);
                                assertThat(missing.errors()).containsExactly(line);
                            })
                    .hasMessage(
                            "The server at %s does not have GET /jobs/:jobid/rescales/history,"
                                    + " which is of Flink 2.3 and later",
                            server.endpoint());
        }
    }

    @Test
    void stockDoesNotRescale() {
        try (FaultyServer server =
                        refusing(503, "Rescaling is temporarily disabled. See FLINK-12312.");
                FlinkMonitoringClient client = client(server)) {
            assertFailure(client.rescaling().trigger(JOB, 2).result())
                    .isInstanceOf(UnsupportedByServerException.class)
                    .hasMessageEndingWith("which is of Drey");
            assertFailure(client.rescaling().resume(JOB, TriggerId.random()).result())
                    .isInstanceOf(UnsupportedByServerException.class);
        }
    }

    @Test
    void whatIsUnknownToARouteIsNoMissingRoute() {
        try (FaultyServer server = refusing(404, "Job %s not found".formatted(JOB));
                FlinkMonitoringClient client = client(server)) {
            RescaleUuid rescale = RescaleUuid.fromString("cceee592263716534c68d61499d060ae");
            assertFailure(client.rescaling().details(JOB, rescale))
                    .isExactlyInstanceOf(FlinkRestException.class);
        }
    }

    private static FaultyServer refusing(int status, String line) {
        return FaultyServer.thatIsKnownAnd(
                connection ->
                        connection.answerJson(status, "{\"errors\":[\"%s\"]}".formatted(line)));
    }

    private static Capabilities capabilities(String version, String header) throws Exception {
        String body = "{\"flink-version\":\"%s\"}".formatted(version);
        try (FaultyServer server =
                        FaultyServer.that(
                                connection ->
                                        connection.send(
                                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s"
                                                        .formatted(body.length(), header, body)));
                FlinkMonitoringClient client = client(server)) {
            return await(client.capabilities());
        }
    }

    private static FlinkMonitoringClient client(FaultyServer server) {
        return FlinkMonitoringClient.builder().endpoint(server.endpoint()).build();
    }
}
