package dev.drey.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.async.Operations;
import dev.drey.server.http.UploadFolder;
import dev.drey.server.telemetry.Telemetry;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.rest.util.DocumentingDispatcherRestEndpoint;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our routes against Flink's own list of its own. */
class RouteTableTest {

    private static final Set<String> ONLY_OURS =
            Set.of(
                    "GET /health/live",
                    "GET /health/ready",
                    "GET /jobs/:jobid/events",
                    "GET /operations",
                    "GET /operations/:triggerid");

    /** Routes of Flink's that are on no list. */
    private static final Set<String> FILES =
            Set.of(
                    "GET /jobmanager/log",
                    "GET /jobmanager/stdout",
                    "GET /jobmanager/logs/:filename",
                    "GET /taskmanagers/:taskmanagerid/log",
                    "GET /taskmanagers/:taskmanagerid/stdout",
                    "GET /taskmanagers/:taskmanagerid/logs/:filename");

    /** They are on no list either. */
    private static final Set<String> WRITES_BY_GET =
            Set.of("GET /jobs/:jobid/yarn-cancel", "GET /jobs/:jobid/yarn-stop");

    /**
     * The one says that the process answers, and depends on nothing else. The other runs a program,
     * which takes longer than a cluster may take to answer. The third does not end.
     */
    private static final Set<String> READS_THAT_ARE_NO_VIEWS =
            Set.of("GET /health/live", "GET /jars/:jarid/plan", "GET /jobs/:jobid/events");

    @TempDir private static java.nio.file.Path uploads;

    @AutoClose
    private static final ServerExecutors EXECUTORS = new ServerExecutors(new Configuration());

    private static Set<String> ours;
    private static Map<String, Class<?>> reads;
    private static Set<String> flinks;
    private static Set<String> knownGaps;

    @BeforeAll
    static void collectRoutes() throws Exception {
        Map<String, ResourceMethod> methods = new TreeMap<>();
        ourResources().forEach(resource -> methods.putAll(routes("", resource)));
        ours = methods.keySet();
        reads =
                methods.entrySet().stream()
                        .filter(route -> route.getValue().getHttpMethod().equals(HttpMethod.GET))
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        route ->
                                                route.getValue()
                                                        .getInvocable()
                                                        .getRawResponseType()));
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
        unknownToFlink.removeAll(FILES);
        unknownToFlink.removeAll(WRITES_BY_GET);

        assertThat(unknownToFlink).isEqualTo(ONLY_OURS);
    }

    /** What a read answers beside the views has no share in how they are fetched and rendered. */
    @Test
    void everyReadIsAView() {
        Set<String> noViews = new TreeSet<>(FILES);
        noViews.addAll(READS_THAT_ARE_NO_VIEWS);
        noViews.addAll(WRITES_BY_GET);
        assertThat(reads.entrySet())
                .filteredOn(read -> !read.getValue().equals(View.class))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(noViews);
        assertThat(reads).hasSizeGreaterThan(noViews.size());
    }

    private static List<Resource> ourResources() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(WebOptions.UPLOAD_DIR, uploads.toString());
        ClusterGateways gateways = TestGateways.to(CompletableFuture::new, Runnable::run);
        return new RestApplication(
                        configuration,
                        gateways,
                        EXECUTORS,
                        new ServerAddress(),
                        new Operations(gateways, configuration),
                        UploadFolder.open(configuration),
                        Telemetry.of(configuration))
                .getClasses().stream()
                        .filter(type -> type.isAnnotationPresent(Path.class))
                        .map(Resource::from)
                        .toList();
    }

    /** The methods of a resource by their routes. */
    private static Map<String, ResourceMethod> routes(String parent, Resource resource) {
        String path = (parent + "/" + resource.getPath()).replaceAll("/+", "/");
        Map<String, ResourceMethod> routes = new TreeMap<>();
        for (ResourceMethod method : resource.getAllMethods()) {
            routes.put(
                    method.getHttpMethod() + " " + path.replaceAll("\\{([^}:]+)[^}]*}", ":$1"),
                    method);
        }
        for (Resource child : resource.getChildResources()) {
            routes.putAll(routes(path, child));
        }
        return routes;
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
