package dev.drey.it.twin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.TwinCluster;
import dev.drey.it.twin.Endpoint.Answer;
import dev.drey.it.twin.Questions.Wrong;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flink's own endpoint is the oracle: whatever Drey serves is asked of both over one cluster, and
 * Drey answers the same. A route that Drey comes to serve is compared from then on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwinSuite {

    /** Ends the cluster, or a job, whoever asks for it. */
    private static final Set<Route> NEVER_ASKED =
            Set.of(
                    Route.parse("DELETE /cluster"),
                    Route.parse("GET /jobs/:jobid/yarn-cancel"),
                    Route.parse("GET /jobs/:jobid/yarn-stop"));

    /** Of these nothing lives on a cluster of streams, or not for both. */
    private static final Set<Route> NOTHING_TO_SHOW =
            Set.of(
                    Route.parse("GET /savepoint-disposal/:triggerid"),
                    Route.parse("GET /datasets/delete/:triggerid"),
                    Route.parse("GET /jobs/:jobid/rescaling/:triggerid"));

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final int DREYS_TRIES = 4;
    private static final int FLINKS_READINGS = 6;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int ENOUGH_FAULTS = 3;

    @TempDir private static Path savepoints;

    private TwinCluster cluster;
    private Endpoint flink;
    private Endpoint drey;
    private Set<Route> routes;
    private Set<Route> gaps;
    private Set<Route> served;
    private Scenario scenario;
    private Questions questions;

    /** Starts the two. */
    abstract TwinCluster start() throws Exception;

    /** Whether this cluster is so configured that Flink shows nothing on {@code route}. */
    boolean isOff(Route route) {
        return false;
    }

    @BeforeAll
    void play() throws Exception {
        cluster = start();
        flink = new Endpoint(cluster.flink());
        drey = new Endpoint(cluster.uri());
        routes =
                cluster.routes().stream()
                        .map(Route::parse)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        gaps = Stream.concat(documentedGaps(), undocumentedGaps()).collect(Collectors.toSet());
        served =
                routes.stream()
                        .filter(route -> !gaps.contains(route) && isAllowed(route))
                        .collect(Collectors.toSet());
        scenario = new Scenario(flink, drey, served, savepoints);
        scenario.play();
        questions = new Questions(flink, scenario.operations());
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void everyRouteOfFlinkIsComparedOrAKnownGap() {
        Set<Route> missing = new LinkedHashSet<>(routes);
        missing.removeAll(served);

        assertThat(missing).isSubsetOf(gaps);
        assertThat(served).isNotEmpty();
    }

    @Test
    void noUndocumentedGapIsServedByNow() throws IOException {
        assertThat(undocumentedGaps().filter(this::isAllowed)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> whatIsThereIsShownAlike() {
        return each(Route::isRead, this::faultsOfReads);
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotThereIsRefusedAlike() {
        return each(
                route -> !route.parameters().isEmpty() || !route.isRead(), this::faultsOfRefusals);
    }

    @TestFactory
    Stream<DynamicTest> otherMethodsAreAnswered() {
        return each(route -> true, this::faultsOfMethods);
    }

    @TestFactory
    Stream<DynamicTest> whatWasDoneWasAnsweredAlike() {
        return each(scenario.faults()::containsKey, route -> scenario.faults().get(route));
    }

    private Stream<DynamicTest> each(Predicate<Route> which, Function<Route, List<String>> faults) {
        return routes.stream()
                .filter(route -> served.contains(route) && !NEVER_ASKED.contains(route))
                .filter(which)
                .map(
                        route ->
                                DynamicTest.dynamicTest(
                                        route.toString(),
                                        () -> assertThat(faults.apply(route)).isEmpty()));
    }

    private List<String> faultsOfReads(Route route) {
        List<String> faults = new ArrayList<>();
        List<String> paths = questions.alive(route);
        int shown = 0;
        for (String path : paths) {
            if (faults.size() >= ENOUGH_FAULTS) {
                break;
            }
            Reading reading = read(route, path);
            if (!reading.faults().isEmpty()) {
                faults.add(path + ": " + String.join("; ", reading.faults()));
            }
            shown += reading.isShown() ? 1 : 0;
        }
        if (shown == 0 && !NOTHING_TO_SHOW.contains(route) && !isOff(route)) {
            faults.add("Flink has shown nothing: there must be something to compare");
        }
        return faults;
    }

    /** What was seen of one path. */
    private record Reading(List<String> faults, boolean isShown) {}

    /** Caches on either side settle, and what moves stops; what still differs then is a fault. */
    private Reading read(Route route, String path) {
        List<String> faults = List.of();
        Answer before = null;
        for (int i = 0; i < DREYS_TRIES; i++) {
            if (i > 0) {
                // Asking makes metrics be fetched for those who ask next.
                drey.get(path);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            before = flink.get(path);
            Answer ours = drey.get(path);
            for (int j = 0; j < FLINKS_READINGS; j++) {
                Answer after = flink.get(path);
                faults = Verdict.onRead(route, before, ours, after);
                if (faults.isEmpty()) {
                    return new Reading(faults, before.isSuccess());
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        return new Reading(faults, before.isSuccess());
    }

    private List<String> faultsOfRefusals(Route route) {
        List<String> faults = new ArrayList<>();
        List<Wrong> wrong =
                route.isRead() ? questions.wrongReads(route) : questions.wrongWrites(route);
        for (Wrong question : wrong) {
            Answer flinks = flink.send(route.method(), question.path(), question.body());
            List<String> found;
            if (flinks.isSuccess() && route.isRead()) {
                found = read(route, question.path()).faults();
            } else {
                Answer dreys = drey.send(route.method(), question.path(), question.body());
                found =
                        flinks.isSuccess()
                                ? Verdict.onWrite(flinks, dreys)
                                : Verdict.onRefusal(flinks, dreys, question.malformed());
            }
            if (!found.isEmpty()) {
                faults.add(
                        "%s %s %s: %s"
                                .formatted(
                                        route.method(),
                                        question.path(),
                                        question.body(),
                                        String.join("; ", found)));
            }
        }
        return faults;
    }

    private List<String> faultsOfMethods(Route route) {
        List<String> faults = new ArrayList<>();
        String path = Questions.nobody(route.path());
        Answer options = drey.send("OPTIONS", path, null);
        if (!options.isSuccess() || options.allow().isEmpty()) {
            faults.add("OPTIONS is " + options);
        }
        if (route.isRead()) {
            String alive = questions.alive(route).stream().findFirst().orElse(path);
            Answer get = drey.get(alive);
            Answer head = drey.send("HEAD", alive, null);
            if (head.status() != get.status()
                    || !head.contentType().equals(get.contentType())
                    || !head.body().isEmpty()) {
                faults.add("HEAD is %s, GET %s".formatted(head, get));
            }
        }
        for (String method : METHODS) {
            if (!routes.contains(new Route(method, route.path()))) {
                faults.addAll(faultsOfMethod(method, path));
            }
        }
        return faults;
    }

    /** Flink answers a wrong method 404; anything else of it is the answer of another route. */
    private List<String> faultsOfMethod(String method, String path) {
        Answer flinks = flink.send(method, path, null);
        Answer dreys = drey.send(method, path, null);
        boolean isFile = method.equals("GET") && dreys.status() == 404;
        if (flinks.status() != 404 || isFile) {
            return List.of();
        }
        List<String> faults = new ArrayList<>(Verdict.onErrors(dreys));
        if (dreys.status() != 405 || dreys.allow().isEmpty()) {
            faults.add("%s is %s".formatted(method, dreys));
        }
        return faults;
    }

    private boolean isAllowed(Route route) {
        return drey.send("OPTIONS", Questions.nobody(route.path()), null)
                .allow()
                .filter(allowed -> List.of(allowed.split(",\\s*")).contains(route.method()))
                .isPresent();
    }

    private static Stream<Route> documentedGaps() throws IOException {
        return Files.readAllLines(Artifacts.knownGaps()).stream().map(Route::parse);
    }

    /** Flink's list of its own, from which the documented gaps come, leaves out what is no JSON. */
    private static Stream<Route> undocumentedGaps() throws IOException {
        try (InputStream lines = TwinSuite.class.getResourceAsStream("undocumented-gaps.txt")) {
            return new String(lines.readAllBytes(), UTF_8).lines().map(Route::parse);
        }
    }
}
