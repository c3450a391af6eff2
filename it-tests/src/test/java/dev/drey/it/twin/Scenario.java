package dev.drey.it.twin;

import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.example.PausingJob;
import dev.drey.it.example.ShortJob;
import dev.drey.it.twin.Endpoint.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What happens on the cluster before the two are asked about it. Whatever Drey can do is done by
 * both of them, each for itself, and their answers are kept; the rest is done by Flink.
 */
final class Scenario {

    private static final String PAUSING =
            "{\"entryClass\":\"%s\",\"programArgsList\":[\"%%d\"]}"
                    .formatted(PausingJob.class.getName());
    private static final String SHORT =
            "{\"entryClass\":\"%s\"}".formatted(ShortJob.class.getName());
    private static final String NOWHERE = "file:///no/such/savepoint";
    private static final String NO_DATA_SET = "deadbeef".repeat(4);
    private static final Duration LONG = Duration.ofDays(1);
    private static final Set<String> ENDS = Set.of("FINISHED", "CANCELED", "FAILED");

    private final Endpoint flink;
    private final Endpoint drey;
    private final Set<Route> served;
    private final Path savepoints;
    private final Map<Route, List<String>> faults = new LinkedHashMap<>();
    private final List<String> operations = new ArrayList<>();

    /**
     * @param served the routes that Drey serves
     * @param savepoints an empty folder
     */
    Scenario(Endpoint flink, Endpoint drey, Set<Route> served, Path savepoints) {
        this.flink = flink;
        this.drey = drey;
        this.served = served;
        this.savepoints = savepoints;
    }

    /** By route, what was wrong with Drey's answers to what both have done. */
    Map<Route, List<String>> faults() {
        return faults;
    }

    /** Paths of the asynchronous operations. */
    List<String> operations() {
        return operations;
    }

    /** Plays it: jobs in all states, some with a history, and operations that have ended. */
    void play() throws Exception {
        byte[] jar = Files.readAllBytes(Artifacts.jobJar());
        Pair<Answer> uploads =
                keep(
                        Route.parse("POST /jars/upload"),
                        flink.upload("/jars/upload", "jobs.jar", jar),
                        drey.upload("/jars/upload", "jobs.jar", jar));
        Pair<String> jars = uploads.mapped(answer -> lastSegment(answer, "filename"));
        Pair<String> run = jars.mapped("/jars/%s/run"::formatted);

        for (String ended : start(run, SHORT).both()) {
            awaitStatus(ended, "FINISHED");
        }
        for (String failed : start(run, PAUSING.formatted(2)).both()) {
            awaitStatus(failed, "FAILED");
        }
        Pair<String> jobs = start(run, PAUSING.formatted(0));
        for (String job : jobs.both()) {
            awaitAllCounted(job);
        }
        savepoint(jobs);
        both(
                Route.parse("PATCH /jobs/:jobid"),
                jobs.mapped("/jobs/%s?mode=cancel"::formatted),
                null);
        for (String cancelled : jobs.both()) {
            awaitStatus(cancelled, "CANCELED");
        }
        Pair<String> stopped = start(run, PAUSING.formatted(0));
        for (String job : stopped.both()) {
            awaitAllCounted(job);
        }
        stop(stopped);
        for (String job : stopped.both()) {
            awaitStatus(job, "FINISHED");
        }
        Pair<String> running =
                new Pair<>(
                        start(flink, run.flinks(), PAUSING.formatted(0)),
                        start(drey, run.dreys(), PAUSING.formatted(1)));
        for (String job : running.both()) {
            awaitAllCounted(job);
        }
        both(
                Route.parse("PATCH /jobs/:jobid/clientHeartbeat"),
                running.mapped("/jobs/%s/clientHeartbeat"::formatted),
                "{\"expiredTimestamp\":%d}".formatted(Instant.now().plus(LONG).toEpochMilli()));
        checkpoint(running);
        disposal(savepoint(running));
        disposal(new Pair<>(NOWHERE, NOWHERE));
        deletion(NO_DATA_SET);
        both(Route.parse("POST /jars/:jarid/plan"), jars.mapped("/jars/%s/plan"::formatted), SHORT);
        both(Route.parse("DELETE /jars/:jarid"), extraJars(jar), null);
        profile("/jobmanager/profiler", "/jobmanager/profiler");
        String taskManager =
                flink.get("/taskmanagers").requireJson().at("/taskmanagers/0/id").asText();
        profile(
                "/taskmanagers/:taskmanagerid/profiler",
                "/taskmanagers/%s/profiler".formatted(taskManager));
    }

    /** One after the other: a process is profiled once at a time, and all may be one. */
    private void profile(String route, String path) throws Exception {
        Route written = Route.parse("POST " + route);
        if (served.contains(written)) {
            Answer flinks = profile(flink, path);
            keep(written, flinks, profile(drey, path));
        }
    }

    private Answer profile(Endpoint endpoint, String path) throws Exception {
        Answer begun = endpoint.send("POST", path, "{\"mode\":\"ITIMER\",\"duration\":1}");
        Await.untilTrue(
                "a profile has ended",
                () ->
                        !flink.get(path)
                                .requireJson()
                                .at("/profilingList/0/status")
                                .asText()
                                .equals("RUNNING"));
        return begun;
    }

    private Pair<String> extraJars(byte[] jar) {
        Answer one = flink.upload("/jars/upload", "gone.jar", jar);
        Answer other = flink.upload("/jars/upload", "gone.jar", jar);
        return new Pair<>(one, other).mapped(answer -> "/jars/" + lastSegment(answer, "filename"));
    }

    private Pair<String> start(Pair<String> run, String body) {
        return both(Route.parse("POST /jars/:jarid/run"), run, body)
                .mapped(answer -> answer.requireJson().get("jobid").asText());
    }

    private static String start(Endpoint endpoint, String run, String body) {
        return endpoint.send("POST", run, body).requireJson().get("jobid").asText();
    }

    /** One that ends well, whose location is returned, and one that does not. */
    private Pair<String> savepoint(Pair<String> jobs) throws Exception {
        Route route = Route.parse("POST /jobs/:jobid/savepoints");
        Pair<String> paths = jobs.mapped("/jobs/%s/savepoints"::formatted);
        operation(route, paths, "{\"target-directory\":\"no-such-scheme://nowhere\"}");
        return operation(route, paths, "{\"target-directory\":\"%s\"}".formatted(target()))
                .mapped(operation -> flink.get(operation).requireJson())
                .mapped(result -> result.at("/operation/location").asText());
    }

    private void stop(Pair<String> jobs) throws Exception {
        operation(
                Route.parse("POST /jobs/:jobid/stop"),
                jobs.mapped("/jobs/%s/stop"::formatted),
                "{\"targetDirectory\":\"%s\",\"drain\":false}".formatted(target()));
    }

    private void checkpoint(Pair<String> jobs) throws Exception {
        operation(
                Route.parse("POST /jobs/:jobid/checkpoints"),
                jobs.mapped("/jobs/%s/checkpoints"::formatted),
                "{\"checkpointType\":\"CONFIGURED\"}");
    }

    private String target() {
        return savepoints.toUri().toString();
    }

    /** What the dispatcher knows of can be asked of either. */
    private Pair<String> operation(Route route, Pair<String> paths, String body) throws Exception {
        Pair<String> triggers = both(route, paths, body).mapped(Scenario::trigger);
        Pair<String> started =
                new Pair<>(
                        paths.flinks() + "/" + triggers.flinks(),
                        paths.dreys() + "/" + triggers.dreys());
        if (route.path().endsWith("/stop")) {
            started = started.mapped(path -> path.replace("/stop/", "/savepoints/"));
        }
        for (String operation : started.both()) {
            awaitCompletion(flink, operation);
            operations.add(operation);
        }
        return started;
    }

    private void disposal(Pair<String> locations) throws Exception {
        operationOfOne(
                Route.parse("POST /savepoint-disposal"),
                "/savepoint-disposal",
                locations.mapped("{\"savepoint-path\":\"%s\"}"::formatted),
                Route.parse("GET /savepoint-disposal/:triggerid"));
    }

    private void deletion(String dataSet) throws Exception {
        operationOfOne(
                Route.parse("DELETE /datasets/:datasetid"),
                "/datasets/" + dataSet,
                new Pair<>("{}", "{}"),
                Route.parse("GET /datasets/delete/:triggerid"));
    }

    /** Only the endpoint that has taken it on knows of it. */
    private void operationOfOne(Route route, String path, Pair<String> bodies, Route status)
            throws Exception {
        Endpoint second = performer(route);
        Pair<String> started =
                keep(
                                route,
                                flink.send(route.method(), path, bodies.flinks()),
                                second.send(route.method(), path, bodies.dreys()))
                        .mapped(answer -> status.path().replace(":triggerid", trigger(answer)));
        keep(
                status,
                awaitCompletion(flink, started.flinks()),
                awaitCompletion(second, started.dreys()));
    }

    private static String trigger(Answer answer) {
        return answer.requireJson().get("request-id").asText();
    }

    private static Answer awaitCompletion(Endpoint endpoint, String operation) throws Exception {
        return Await.until(
                operation + " is completed",
                () ->
                        Optional.of(endpoint.get(operation))
                                .filter(
                                        answer ->
                                                answer.requireJson()
                                                        .at("/status/id")
                                                        .asText()
                                                        .equals("COMPLETED")));
    }

    private void awaitStatus(String job, String expected) throws Exception {
        Await.untilTrue(
                "%s is %s".formatted(job, expected),
                () -> {
                    String status = flink.get("/jobs/" + job).requireJson().get("state").asText();
                    if (ENDS.contains(status) && !status.equals(expected)) {
                        throw new AssertionError("%s is %s".formatted(job, status));
                    }
                    return status.equals(expected);
                });
    }

    /** From then on nothing of it moves. */
    private void awaitAllCounted(String job) throws Exception {
        Await.untilTrue(
                "%s has counted all".formatted(job),
                () -> {
                    long read = 0;
                    for (var vertex : flink.get("/jobs/" + job).requireJson().get("vertices")) {
                        read += vertex.at("/metrics/read-records").asLong();
                    }
                    return read == PausingJob.NUMBERS;
                });
    }

    /** Lets both do it if Drey can, and otherwise Flink do it twice. */
    private Pair<Answer> both(Route route, Pair<String> paths, String body) {
        return keep(
                route,
                flink.send(route.method(), paths.flinks(), body),
                performer(route).send(route.method(), paths.dreys(), body));
    }

    private Endpoint performer(Route route) {
        return served.contains(route) ? drey : flink;
    }

    private Pair<Answer> keep(Route route, Answer flinks, Answer dreys) {
        faults.computeIfAbsent(route, key -> new ArrayList<>())
                .addAll(Verdict.onWrite(flinks, dreys));
        return new Pair<>(flinks, dreys);
    }

    private static String lastSegment(Answer answer, String field) {
        String text = answer.requireJson().get(field).asText();
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** The same for either. */
    private record Pair<T>(T flinks, T dreys) {

        <R> Pair<R> mapped(Function<T, R> mapping) {
            return new Pair<>(mapping.apply(flinks), mapping.apply(dreys));
        }

        List<T> both() {
            return List.of(flinks, dreys);
        }
    }
}
