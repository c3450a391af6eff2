package dev.drey.server.modes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import dev.drey.model.jobmanager.ConfigurationInfoEntry;
import dev.drey.model.jobmanager.EnvironmentInfo;
import dev.drey.model.processes.LogListInfo;
import dev.drey.model.profiler.ProfilingInfo;
import dev.drey.model.profiler.ProfilingInfoList;
import dev.drey.model.profiler.ProfilingRequestBody;
import dev.drey.server.TestServer;
import dev.drey.server.error.ThrowableMapper;
import dev.drey.server.http.ApiVersionFilter;
import dev.drey.server.http.Content;
import dev.drey.server.http.WireFormatFilter;
import dev.drey.server.jobmanager.ClusterRestEndpoint;
import dev.drey.server.jobmanager.JobManagerProcess;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterVersionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(TestServer.PATIENCE_SECONDS);
    private static final String OWN = "/opt/flink/lib/flink-dist-2.3.0.jar";
    private static final String OTHER = "/opt/flink/lib/flink-dist-2.2.1.jar";

    private final AnyProcess process = new AnyProcess();
    private final ClusterVersion version = new ClusterVersion(process, "2.3.0", PATIENCE);

    @ParameterizedTest
    @CsvSource({
        "/opt/flink/lib/flink-dist-2.2.0.jar, 2.2.0",
        "C:\\flink\\lib\\flink-dist-2.3-SNAPSHOT.jar, 2.3-SNAPSHOT",
        "/opt/flink/lib/flink-dist_2.12-1.14.6.jar, 1.14.6",
        "flink-runtime-2.2.1.jar, 2.2.1"
    })
    void theVersionIsInTheNameOfAJar(String entry, String expected) {
        process.runs("/opt/flink/lib/log4j-core-2.25.3.jar", entry);
        var unused = version.read();

        assertThat(version.refusal()).get().asString().contains(expected, "2.3.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/lib/flink-runtime-web-2.2.1.jar",
                "/lib/flink-dist.jar",
                "/lib/my-flink-dist-2.2.1.jar",
                "/flink-dist-2.2.1.jar/other.jar",
                "drey-server.jar"
            })
    void otherNamesTellNothing(String entry) {
        process.runs(entry);
        var unused = version.read();

        assertThat(version.refusal()).isEmpty();
    }

    @Test
    void itsOwnVersionIsServed() {
        process.runs(OWN);
        var unused = version.read();

        assertThat(version.refusal()).isEmpty();
    }

    @Test
    void whatCannotBeAskedIsServed() {
        process.environment = CompletableFuture.failedFuture(new IOException("refused"));

        assertThat(version.read()).isCompleted();
        assertThat(version.refusal()).isEmpty();
    }

    @Test
    void whatWasUnknownIsReadAgain() {
        process.environment = CompletableFuture.failedFuture(new IOException("refused"));
        var unused = version.read();
        process.runs(OTHER);

        version.readUnlessOwn();

        assertThat(version.refusal()).isPresent();
    }

    @Test
    void aRefusedVersionIsReadAgain() {
        process.runs(OTHER);
        var unused = version.read();
        process.runs(OWN);

        version.readUnlessOwn();

        assertThat(version.refusal()).isEmpty();
    }

    @Test
    void whatAnEarlierJobManagerAnswersLateIsNotBelieved() {
        CompletableFuture<EnvironmentInfo> late = new CompletableFuture<>();
        process.environment = late;
        var unused = version.read();
        process.runs(OTHER);
        var again = version.read();
        assertThat(again).isCompleted();

        late.complete(new EnvironmentInfo(null, List.of(OWN)));

        assertThat(version.refusal()).isPresent();
    }

    @Test
    void whoeverBuildsFlinkMayAddToItsVersion() {
        process.runs("/usr/lib/flink/lib/flink-dist-2.3.0-vendor-1.jar");
        var unused = version.read();

        assertThat(version.refusal()).isEmpty();
    }

    @Test
    void whatIsKnownIsNotReadAgain() {
        process.runs(OWN);
        var unused = version.read();
        process.runs(OTHER);

        version.readUnlessOwn();

        assertThat(version.refusal()).isEmpty();
    }

    @Test
    void anotherConnectionMayHaveAnotherVersion() {
        process.runs(OTHER);
        var unused = version.read();
        process.runs(OWN);

        var again = version.read();

        assertThat(again).isCompleted();
        assertThat(version.refusal()).isEmpty();
    }

    @Test
    void anotherVersionIsRefusedWhateverIsAskedButWhetherTheProcessLives() {
        process.runs(OTHER);
        var unused = version.read();
        try (TestServer server =
                TestServer.of(
                        new ResourceConfig(
                                        Routes.class,
                                        ApiVersionFilter.class,
                                        ThrowableMapper.class,
                                        WireFormatFilter.class,
                                        JacksonJsonProvider.class)
                                .register(new VersionFilter(version)))) {
            for (String path : List.of("/jobs", "/v1/jobs", "/", "/nowhere")) {
                assertThat(server.get(path).refused(503)).contains("2.2.1", "2.3.0");
            }
            assertThat(server.get("/health/live").expect(200).body()).isEqualTo("{\"a\":1}");
            server.get("/v1/health/live/").expect(200);

            process.runs(OWN);
            var again = version.read();

            assertThat(again).isCompleted();
            assertThat(server.get("/jobs").expect(200).body()).isEqualTo("{\"a\":1}");
        }
    }

    /** Some routes. */
    @Path("/")
    public static final class Routes {

        @GET
        @Path("/health/live")
        public Map<String, Integer> live() {
            return Map.of("a", 1);
        }

        @GET
        @Path("/jobs")
        public Map<String, Integer> jobs() {
            return live();
        }
    }

    private static final class AnyProcess implements JobManagerProcess {

        private CompletableFuture<EnvironmentInfo> environment;

        void runs(String... classPath) {
            environment =
                    CompletableFuture.completedFuture(
                            new EnvironmentInfo(null, List.of(classPath)));
        }

        @Override
        public Optional<ClusterRestEndpoint> elsewhere() {
            throw new AssertionError("Nobody asks for it");
        }

        @Override
        public CompletableFuture<List<ConfigurationInfoEntry>> configuration() {
            throw new AssertionError("Nobody asks for it");
        }

        @Override
        public CompletableFuture<EnvironmentInfo> environment() {
            return environment;
        }

        @Override
        public CompletableFuture<LogListInfo> logs() {
            throw new AssertionError("Nobody asks for it");
        }

        @Override
        public CompletableFuture<Content> log() {
            throw new AssertionError("Nobody asks for it");
        }

        @Override
        public CompletableFuture<Content> log(String name) {
            throw new AssertionError("Nobody asks for it");
        }

        @Override
        public CompletableFuture<Content> stdout() {
            throw new AssertionError("Nobody asks for it");
        }

        @Override
        public CompletableFuture<ProfilingInfoList> profiles() {
            throw new AssertionError("Nobody asks for it");
        }

        @Override
        public CompletableFuture<Content> profile(String name) {
            throw new AssertionError("Nobody asks for it");
        }

        @Override
        public CompletableFuture<ProfilingInfo> startProfile(ProfilingRequestBody profile) {
            throw new AssertionError("Nobody asks for it");
        }
    }
}
