package dev.drey.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.jars.JarStore;
import dev.drey.server.jobmanager.ThisProcess;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.rest.handler.legacy.metrics.VoidMetricFetcher;
import org.apache.flink.runtime.rest.util.DocumentingDispatcherRestEndpoint;
import org.glassfish.jersey.server.model.Resource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our routes against Flink's own list of its own. */
class RouteTableTest {

    private static final Set<String> ONLY_OURS = Set.of("GET /health/live", "GET /health/ready");

    @TempDir private static java.nio.file.Path uploads;

    @AutoClose
    private static final ServerExecutors EXECUTORS = new ServerExecutors(new Configuration());

    private static Set<String> ours;
    private static Set<String> flinks;
    private static Set<String> knownGaps;

    @BeforeAll
    static void collectRoutes() throws Exception {
        ours = ourRoutes();
        flinks = flinkRoutes();
        knownGaps = knownGaps();
    }

    @Test
    void everyRouteOfFlinkIsServedOrAKnownGap() {
        Set<String> missing = new TreeSet<>(flinks);
        missing.removeAll(ours);

        assertThat(missing).isSubsetOf(knownGaps);
    }

    @Test
    void noKnownGapIsServedByNow() {
        assertThat(knownGaps).doesNotContainAnyElementsOf(ours);
    }

    @Test
    void everyKnownGapIsARouteOfFlink() {
        assertThat(flinks).containsAll(knownGaps);
    }

    @Test
    void noRouteIsOursAlone() {
        Set<String> unknownToFlink = new TreeSet<>(ours);
        unknownToFlink.removeAll(flinks);

        assertThat(unknownToFlink).isEqualTo(ONLY_OURS);
    }

    private static Set<String> ourRoutes() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(WebOptions.UPLOAD_DIR, uploads.toString());
        return new RestApplication(
                        configuration,
                        new ClusterGateways(
                                CompletableFuture::new,
                                CompletableFuture::new,
                                VoidMetricFetcher.INSTANCE,
                                new ThisProcess(configuration)),
                        EXECUTORS,
                        new ServerAddress(),
                        JarStore.open(configuration))
                .getClasses().stream()
                        .filter(type -> type.isAnnotationPresent(Path.class))
                        .map(Resource::from)
                        .flatMap(resource -> routes("", resource))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> routes(String parent, Resource resource) {
        String path = (parent + "/" + resource.getPath()).replaceAll("/+", "/");
        return Stream.concat(
                resource.getAllMethods().stream()
                        .map(
                                method ->
                                        method.getHttpMethod()
                                                + " "
                                                + path.replaceAll("\\{([^}:]+)[^}]*}", ":$1")),
                resource.getChildResources().stream().flatMap(child -> routes(path, child)));
    }

    private static Set<String> flinkRoutes() throws Exception {
        return new DocumentingDispatcherRestEndpoint()
                .getSpecs().stream()
                        .map(spec -> spec.getHttpMethod() + " " + spec.getTargetRestEndpointURL())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> knownGaps() throws IOException {
        try (InputStream lines = RouteTableTest.class.getResourceAsStream("known-gaps.txt")) {
            return new String(lines.readAllBytes(), UTF_8)
                    .lines()
                    .filter(Predicate.not(String::isBlank))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
