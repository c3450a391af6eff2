package dev.drey.it.twin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.it.example.PausingJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What can be asked of a route: with the ids of all that lives, and with others. */
final class Questions {

    private static final String UNKNOWN = "deadbeef".repeat(4);
    private static final List<String> NO_HEX_IDS = List.of(UNKNOWN, "xyz", "0".repeat(31));
    private static final List<String> NO_INDICES = List.of("99", "-1", "x", "2147483648");

    /** What no parameter of that name stands for; the first is well-formed. */
    private static final Map<String, List<String>> WRONG =
            Map.ofEntries(
                    Map.entry("jobid", NO_HEX_IDS),
                    Map.entry("vertexid", NO_HEX_IDS),
                    Map.entry("triggerid", NO_HEX_IDS),
                    Map.entry("applicationid", NO_HEX_IDS),
                    Map.entry("datasetid", NO_HEX_IDS),
                    Map.entry("rescaleuuid", NO_HEX_IDS),
                    Map.entry("subtaskindex", NO_INDICES),
                    Map.entry("attempt", NO_INDICES),
                    Map.entry(
                            "checkpointid",
                            List.of("999999999", "-1", "x", "99999999999999999999")),
                    Map.entry("operatorUid", List.of("nobody")),
                    Map.entry("taskmanagerid", List.of("nobody")),
                    Map.entry("jarid", List.of("no-such.jar", "no-jar", "..%2Fx.jar")),
                    Map.entry("filename", List.of("no-such-file", "..%2F..%2Fpasswd")));

    private static final int NONE = -1;
    private static final String RUNNING = "{running}";
    private static final String RESTARTS = "?get=numRestarts&jobs=" + RUNNING;
    private static final String COUNTERS = "?get=numRecordsIn,numRecordsOut,no-such-metric";
    private static final String SIZES = "?get=Status.JVM.Memory.Heap.Max,no-such-metric";

    /** Beside the path alone; some are odd. */
    private static final Map<String, List<String>> QUERIES =
            Map.ofEntries(
                    Map.entry("/jobs/overview", List.of("?nobody=asks")),
                    Map.entry(
                            "/jobs/:jobid/accumulators",
                            List.of(
                                    "?includeSerializedValue=true",
                                    "?includeSerializedValue=maybe")),
                    Map.entry(
                            "/jobs/:jobid/exceptions",
                            List.of(
                                    "?maxExceptions=1",
                                    "?maxExceptions=0",
                                    "?maxExceptions=-1",
                                    "?maxExceptions=x",
                                    "?maxExceptions=",
                                    "?failureLabelFilter=type:user",
                                    "?failureLabelFilter=x")),
                    Map.entry(
                            "/applications/:applicationid/exceptions",
                            List.of("?maxExceptions=1", "?maxExceptions=x")),
                    Map.entry(
                            "/jobs/metrics",
                            List.of(
                                    RESTARTS,
                                    RESTARTS + "&get=fullRestarts",
                                    "?get=num%52estarts&jobs=" + RUNNING,
                                    RESTARTS + "&agg=min,MAX",
                                    RESTARTS + "&agg=avg,sum,skew",
                                    RESTARTS + "&agg=nope",
                                    RESTARTS + "&agg=",
                                    "?agg=max",
                                    "?get=numRestarts&jobs=xyz",
                                    "?get=numRestarts&jobs=" + UNKNOWN)),
                    Map.entry(
                            "/jobs/:jobid/metrics",
                            List.of("?get=numRestarts,totalNumberOfCheckpoints,no-such-metric")),
                    Map.entry(
                            "/jobs/:jobid/vertices/:vertexid/metrics",
                            List.of("?get=0.numRecordsIn,1.numRecordsOut,no-such-metric")),
                    Map.entry(
                            "/jobs/:jobid/vertices/:vertexid/subtasks/metrics",
                            List.of(
                                    COUNTERS,
                                    COUNTERS + "&agg=min,max",
                                    COUNTERS + "&agg=avg,sum,skew",
                                    COUNTERS + "&subtasks=0",
                                    COUNTERS + "&subtasks=0-1&agg=sum",
                                    COUNTERS + "&subtasks=99",
                                    COUNTERS + "&subtasks=5-1",
                                    COUNTERS + "&subtasks=x")),
                    Map.entry(
                            "/jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex/metrics",
                            List.of(COUNTERS)),
                    Map.entry(
                            "/taskmanagers/metrics",
                            List.of(SIZES, SIZES + "&agg=max", SIZES + "&taskmanagers=nobody")),
                    Map.entry("/taskmanagers/:taskmanagerid/metrics", List.of(SIZES)),
                    Map.entry("/jobmanager/metrics", List.of(SIZES, "?get=a+b")),
                    Map.entry(
                            "/jobs/:jobid/vertices/:vertexid/flamegraph",
                            List.of(
                                    "?type=ON_CPU",
                                    "?type=off_cpu",
                                    "?type=nope",
                                    "?subtaskindex=0",
                                    "?subtaskindex=99")),
                    Map.entry(
                            "/jars/:jarid/plan",
                            List.of(
                                    "?entry-class=" + PausingJob.class.getName(),
                                    "?parallelism=3",
                                    "?parallelism=x",
                                    "?parallelism=1,2",
                                    "?entry-class=no.such.Class")));

    /** Files of the dashboard: the one route that takes all paths. */
    private static final Map<String, List<String>> FILES =
            Map.of("/:*", List.of("/", "/index.html", "/no/such/file"));

    private static final List<String> WRONG_PROGRAMS =
            List.of(
                    "{\"entryClass\":\"no.such.Class\"}",
                    "{\"entryClass\":5,\"parallelism\":0}",
                    "{\"parallelism\":0}",
                    "{\"parallelism\":-2}",
                    "{\"parallelism\":\"x\"}",
                    "{\"jobId\":\"xyz\"}",
                    "{\"programArgsList\":\"one\"}",
                    "{\"flinkConfiguration\":[]}",
                    "?parallelism=x",
                    "?parallelism=1,2",
                    "?entry-class=no.such.Class",
                    "?entry-class=a,b");

    private static final List<String> WRONG_RUNS =
            Stream.concat(
                            WRONG_PROGRAMS.stream(),
                            Stream.of(
                                    "{\"claimMode\":\"NOPE\"}",
                                    "{\"allowNonRestoredState\":{}}",
                                    "?savepointPath=a,b"))
                    .toList();

    /** JSON that a body is not, or not enough. */
    private static final List<String> BODIES = List.of("{}", "{oops", "[]", "\"text\"", "null");

    /** What is wrong with a write to something that lives: a body, or a query without one. */
    private static final Map<String, List<String>> WRONG_WRITES =
            Map.ofEntries(
                    Map.entry(
                            "POST /jobs/:jobid/savepoints",
                            List.of(
                                    "{\"formatType\":\"NOPE\"}",
                                    "{\"target-directory\":[1]}",
                                    "{\"triggerId\":\"xyz\"}",
                                    "{\"cancel-job\":{}}")),
                    Map.entry(
                            "POST /jobs/:jobid/stop",
                            List.of(
                                    "{\"formatType\":\"NOPE\"}",
                                    "{\"drain\":[]}",
                                    "{\"triggerId\":\"xyz\"}")),
                    Map.entry(
                            "POST /jobs/:jobid/checkpoints",
                            List.of(
                                    "{\"checkpointType\":\"NOPE\"}",
                                    "{\"checkpointType\":\"INCREMENTAL\"}",
                                    "{\"triggerId\":\"xyz\"}")),
                    Map.entry(
                            "PUT /jobs/:jobid/resource-requirements",
                            List.of(
                                    "{\"%s\":{\"parallelism\":{\"lowerBound\":1,\"upperBound\":1}}}"
                                            .formatted(UNKNOWN),
                                    "{\"xyz\":{\"parallelism\":{\"lowerBound\":1,\"upperBound\":1}}}",
                                    "{\"%s\":{\"parallelism\":{\"lowerBound\":\"x\"}}}"
                                            .formatted(UNKNOWN),
                                    "{\"%s\":{}}".formatted(UNKNOWN))),
                    Map.entry(
                            "PATCH /jobs/:jobid",
                            List.of("?mode=stop", "?mode=nope", "?mode=", "{oops")),
                    Map.entry(
                            "PATCH /jobs/:jobid/clientHeartbeat",
                            List.of("{}", "{\"expiredTimestamp\":\"soon\"}")),
                    Map.entry(
                            "POST /jobs/:jobid/coordinators/:operatorUid",
                            List.of(
                                    "{}",
                                    "{\"serializedCoordinationRequest\":\"###\"}",
                                    "{\"serializedCoordinationRequest\":\"rO0ABXQAAXg=\"}")),
                    Map.entry(
                            "POST /savepoint-disposal",
                            List.of("{\"savepoint-path\":{}}", "{\"savepoint-path\":null}")),
                    Map.entry("POST /jars/:jarid/plan", WRONG_PROGRAMS),
                    Map.entry("POST /jars/:jarid/run", WRONG_RUNS),
                    Map.entry("POST /jars/:jarid/run-application", WRONG_RUNS),
                    Map.entry(
                            "POST /jobmanager/profiler",
                            List.of(
                                    "{\"mode\":\"NOPE\",\"duration\":1}",
                                    "{\"mode\":\"CPU\",\"duration\":100000}",
                                    "{\"mode\":\"CPU\",\"duration\":0}",
                                    "{\"mode\":\"CPU\"}")));

    private final Endpoint flink;
    private final List<String> operations;

    /**
     * @param flink is asked for what lives
     * @param operations paths of asynchronous operations, with their trigger ids
     */
    Questions(Endpoint flink, List<String> operations) {
        this.flink = flink;
        this.operations = operations;
    }

    /** A request that is wrong in one place. */
    record Wrong(String path, String body, boolean malformed) {}

    /** Paths of a route, with all that lives, and with queries. */
    List<String> alive(Route route) {
        List<String> running = running();
        List<String> unbroken = running.stream().filter(this::hasNeverFailed).toList();
        return FILES.getOrDefault(route.path(), fill(route.path()).toList()).stream()
                .filter(path -> !isOfMetrics(route) || isOfOne(unbroken, path))
                .flatMap(
                        path ->
                                Stream.concat(
                                        Stream.of(path),
                                        QUERIES.getOrDefault(route.path(), List.of()).stream()
                                                .map(query -> path + query)))
                .map(path -> path.replace(RUNNING, String.join(",", running)))
                .toList();
    }

    /**
     * Of what has ended, be it a job or an attempt, an endpoint goes on to show the metrics it saw
     * when it happened to be asked.
     */
    private static boolean isOfMetrics(Route route) {
        return route.path().startsWith("/jobs/:jobid/")
                && route.path().matches(".*(metrics|/watermarks|/backpressure)");
    }

    private static boolean isOfOne(List<String> jobs, String path) {
        return jobs.stream().anyMatch(path::contains);
    }

    private boolean hasNeverFailed(String job) {
        return flink.get("/jobs/" + job + "/exceptions")
                .requireJson()
                .at("/exceptionHistory/entries")
                .isEmpty();
    }

    private List<String> running() {
        return StreamSupport.stream(
                        flink.get("/jobs").requireJson().get("jobs").spliterator(), false)
                .filter(job -> job.get("status").asText().equals("RUNNING"))
                .map(job -> job.get("id").asText())
                .toList();
    }

    /** Requests to a read that are wrong in one parameter each, the others live. */
    List<Wrong> wrongReads(Route route) {
        List<Wrong> questions = new ArrayList<>();
        for (String parameter : route.parameters()) {
            List<String> values = wrongValues(parameter);
            for (int i = 0; i < values.size(); i++) {
                String path = Route.filled(route.path(), parameter, values.get(i));
                questions.add(new Wrong(fill(path).findFirst().orElse(nobody(path)), null, i > 0));
            }
        }
        return questions;
    }

    /** Requests to a write about nothing that lives, malformed or not; and wrong ones. */
    List<Wrong> wrongWrites(Route route) {
        List<Wrong> questions = new ArrayList<>();
        for (String body : BODIES) {
            questions.add(new Wrong(nobody(route.path()), body, false));
        }
        questions.add(new Wrong(nobody(route.path()), null, false));
        for (String wrong : WRONG_WRITES.getOrDefault(route.toString(), List.of())) {
            String path = fill(route.path()).findFirst().orElseThrow();
            boolean isQuery = wrong.startsWith("?");
            questions.add(new Wrong(isQuery ? path + wrong : path, isQuery ? null : wrong, false));
        }
        for (String parameter : route.parameters()) {
            List<String> values = wrongValues(parameter);
            for (String value : values.subList(1, values.size())) {
                questions.add(
                        new Wrong(
                                nobody(Route.filled(route.path(), parameter, value)), "{}", true));
            }
        }
        return questions;
    }

    /** The path with something well-formed that is not there for every parameter. */
    static String nobody(String path) {
        String filled = path;
        for (String parameter : new Route("", path).parameters()) {
            filled = Route.filled(filled, parameter, wrongValues(parameter).get(0));
        }
        return filled.replace(":*", "index.html");
    }

    private static List<String> wrongValues(String parameter) {
        List<String> values = WRONG.get(parameter);
        if (values == null) {
            throw new AssertionError("No wrong values are known for :" + parameter);
        }
        return values;
    }

    private Stream<String> fill(String path) {
        List<String> parameters = new Route("", path).parameters();
        if (parameters.isEmpty()) {
            return Stream.of(path);
        }
        String parameter = parameters.get(0);
        String parent = path.substring(0, path.indexOf("/:" + parameter));
        return values(parameter, parent)
                .flatMap(value -> fill(Route.filled(path, parameter, value)));
    }

    /** What lives below {@code parent}, in which no parameter is left. */
    private Stream<String> values(String parameter, String parent) {
        return switch (parameter) {
            case "jobid" -> texts("/jobs", "jobs", "id");
            case "vertexid" -> texts(job(parent), "vertices", "id");
            case "subtaskindex" -> texts(parent.replace("/subtasks", ""), "subtasks", "subtask");
            case "attempt" -> attempts(parent.replace("/attempts", ""));
            case "checkpointid" -> texts(job(parent) + "/checkpoints", "history", "id");
            case "rescaleuuid" ->
                    texts(job(parent) + "/rescales/history", "rescalesHistory", "rescaleUuid");
            case "applicationid" -> texts("/applications/overview", "applications", "id");
            case "taskmanagerid" -> texts("/taskmanagers", "taskmanagers", "id");
            case "jarid" -> texts("/jars", "files", "id");
            case "filename" ->
                    parent.endsWith("/logs")
                            ? texts(parent, "logs", "name")
                            : texts(parent, "profilingList", "outputFile");
            case "triggerid" ->
                    operations.stream()
                            .filter(operation -> operation.startsWith(parent + "/"))
                            .map(operation -> operation.substring(parent.length() + 1))
                            .filter(rest -> !rest.contains("/"));
            case "datasetid" -> Stream.of();
            case "operatorUid" -> Stream.of("nobody");
            default -> throw new AssertionError("Nothing is known that lives as :" + parameter);
        };
    }

    private Stream<String> attempts(String subtask) {
        int last = flink.get(subtask).json().path("attempt").asInt(NONE);
        return IntStream.rangeClosed(0, last).mapToObj(String::valueOf);
    }

    private Stream<String> texts(String path, String list, String field) {
        JsonNode answer = flink.get(path).json();
        JsonNode elements = answer.isArray() ? answer : answer.path(list);
        return StreamSupport.stream(elements.spliterator(), false)
                .map(element -> element.path(field).asText());
    }

    private static String job(String path) {
        String[] segments = path.split("/", 4);
        return "/" + segments[1] + "/" + segments[2];
    }
}
