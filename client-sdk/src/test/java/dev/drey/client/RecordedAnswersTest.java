package dev.drey.client;

import static dev.drey.client.Futures.assertFailure;
import static dev.drey.client.Futures.await;
import static dev.drey.client.JsonDifferences.LOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.client.RecordedAnswers.Exchange;
import dev.drey.client.async.OperationFailedException;
import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.PollSettings;
import dev.drey.client.async.UnknownOperationException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.metrics.AggregatedMetricsQuery;
import dev.drey.model.async.TriggerResponse;
import dev.drey.model.jars.JarPlanRequestBody;
import dev.drey.model.jars.JarRunApplicationRequestBody;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jobs.ClientCoordinationRequestBody;
import dev.drey.model.metrics.MetricId;
import dev.drey.model.profiler.ProfilingInfo.ProfilingMode;
import dev.drey.model.profiler.ProfilingRequestBody;
import dev.drey.model.rescaling.JobResourceRequirementsBody;
import dev.drey.model.vertices.FlameGraphType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SDK reads what Flink 1.18, 1.20, 2.0 and 2.3 answer, and what a newer one may. */
class RecordedAnswersTest {
    private static final String NEWEST = "2.3.0";
    private static final String NEW_FIELD = "ofANewerFlink";
    private static final String NEW_VALUE = "OF_A_NEWER_FLINK";
    private static final ObjectMapper JSON = new JsonMapper();
    private static final MetricId ANY = MetricId.fromString("any");
    private static final ProfilingRequestBody PROFILE =
            new ProfilingRequestBody(ProfilingMode.ITIMER, 1);
    private static final Map<String, Call> CALLS = new TreeMap<>();

    @TempDir private static Path folder;

    static {
        read("GET /overview", (flink, asked) -> flink.cluster().overview());
        read("GET /config", (flink, asked) -> flink.cluster().configuration());
        read("DELETE /cluster", (flink, asked) -> flink.cluster().shutDown());
        read(
                "POST /applications/:applicationid/cancel",
                (flink, asked) -> flink.applications().cancel(asked.application()));
        read(
                "PATCH /jobs/:jobid/clientHeartbeat",
                (flink, asked) -> flink.jobs().reportClientHeartbeat(asked.job(), Instant.EPOCH));
        read(
                "POST /jobs/:jobid/coordinators/:operatorUid",
                (flink, asked) ->
                        flink.jobs()
                                .deliverToCoordinator(
                                        asked.job(),
                                        asked.operatorUid(),
                                        new ClientCoordinationRequestBody("AA==")));
        read(
                "PUT /jobs/:jobid/resource-requirements",
                (flink, asked) ->
                        flink.rescaling()
                                .updateRequirements(
                                        asked.job(), new JobResourceRequirementsBody(Map.of())));
        read("GET /applications/overview", (flink, asked) -> flink.applications().overview());
        read(
                "GET /applications/:applicationid",
                (flink, asked) -> flink.applications().details(asked.application()));
        read(
                "GET /applications/:applicationid/exceptions",
                (flink, asked) -> flink.applications().exceptions(asked.application()));
        read("GET /jobs", (flink, asked) -> flink.jobs().list());
        read("POST /jobs", (flink, asked) -> flink.jobs().submit(anyFile(), List.of(), List.of()));
        read("GET /jobs/overview", (flink, asked) -> flink.jobs().overview());
        read("GET /jobs/:jobid", (flink, asked) -> flink.jobs().details(asked.job()));
        read("GET /jobs/:jobid/status", (flink, asked) -> flink.jobs().status(asked.job()));
        read("GET /jobs/:jobid/plan", (flink, asked) -> flink.jobs().plan(asked.job()));
        read("GET /jobs/:jobid/config", (flink, asked) -> flink.jobs().configuration(asked.job()));
        read("GET /jobs/:jobid/exceptions", (flink, asked) -> flink.jobs().exceptions(asked.job()));
        read(
                "GET /jobs/:jobid/accumulators",
                (flink, asked) -> flink.jobs().accumulators(asked.job(), true));
        read(
                "GET /jobs/:jobid/execution-result",
                (flink, asked) -> flink.jobs().executionResult(asked.job()));
        read("PATCH /jobs/:jobid", (flink, asked) -> flink.jobs().cancel(asked.job()));
        read(
                "GET /jobs/:jobid/vertices/:vertexid",
                (flink, asked) -> flink.vertices().details(asked.job(), asked.vertex()));
        read(
                "GET /jobs/:jobid/vertices/:vertexid/taskmanagers",
                (flink, asked) -> flink.vertices().taskManagers(asked.job(), asked.vertex()));
        read(
                "GET /jobs/:jobid/vertices/:vertexid/subtasktimes",
                (flink, asked) -> flink.vertices().subtaskTimes(asked.job(), asked.vertex()));
        read(
                "GET /jobs/:jobid/vertices/:vertexid/accumulators",
                (flink, asked) -> flink.vertices().accumulators(asked.job(), asked.vertex()));
        read(
                "GET /jobs/:jobid/vertices/:vertexid/subtasks/accumulators",
                (flink, asked) ->
                        flink.vertices().subtasksAccumulators(asked.job(), asked.vertex()));
        read(
                "GET /jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex",
                (flink, asked) ->
                        flink.vertices()
                                .currentAttempt(asked.job(), asked.vertex(), asked.subtask()));
        read(
                "GET /jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex/attempts/:attempt",
                (flink, asked) ->
                        flink.vertices()
                                .attempt(
                                        asked.job(),
                                        asked.vertex(),
                                        asked.subtask(),
                                        asked.attempt()));
        read(
                "GET /jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex/attempts/:attempt/accumulators",
                (flink, asked) ->
                        flink.vertices()
                                .attemptAccumulators(
                                        asked.job(),
                                        asked.vertex(),
                                        asked.subtask(),
                                        asked.attempt()));
        read(
                "GET /jobs/:jobid/vertices/:vertexid/backpressure",
                (flink, asked) -> flink.vertices().backPressure(asked.job(), asked.vertex()));
        read("GET /jobmanager/metrics", (flink, asked) -> flink.metrics().ofJobManager().get(ANY));
        read(
                "GET /taskmanagers/:taskmanagerid/metrics",
                (flink, asked) -> flink.metrics().ofTaskManager(asked.taskManager()).get(ANY));
        read(
                "GET /jobs/:jobid/metrics",
                (flink, asked) -> flink.metrics().ofJob(asked.job()).get(ANY));
        read(
                "GET /jobs/:jobid/vertices/:vertexid/metrics",
                (flink, asked) -> flink.metrics().ofVertex(asked.job(), asked.vertex()).get(ANY));
        read(
                "GET /jobs/:jobid/vertices/:vertexid/jm-operator-metrics",
                (flink, asked) ->
                        flink.metrics()
                                .ofJobManagerOperators(asked.job(), asked.vertex())
                                .get(ANY));
        read(
                "GET /jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex/metrics",
                (flink, asked) ->
                        flink.metrics()
                                .ofSubtask(asked.job(), asked.vertex(), asked.subtask())
                                .get(ANY));
        read(
                "GET /jobs/metrics",
                (flink, asked) -> flink.metrics().overJobs().get(AggregatedMetricsQuery.of(ANY)));
        read(
                "GET /taskmanagers/metrics",
                (flink, asked) ->
                        flink.metrics().overTaskManagers().get(AggregatedMetricsQuery.of(ANY)));
        read(
                "GET /jobs/:jobid/vertices/:vertexid/subtasks/metrics",
                (flink, asked) ->
                        flink.metrics()
                                .overSubtasks(asked.job(), asked.vertex())
                                .get(AggregatedMetricsQuery.of(ANY)));
        read(
                "GET /jobs/:jobid/vertices/:vertexid/watermarks",
                (flink, asked) -> flink.metrics().watermarks(asked.job(), asked.vertex()));
        read(
                "GET /jobs/:jobid/vertices/:vertexid/flamegraph",
                (flink, asked) ->
                        flink.vertices()
                                .flameGraph(asked.job(), asked.vertex(), FlameGraphType.FULL));
        read(
                "GET /jobs/:jobid/checkpoints",
                (flink, asked) -> flink.checkpoints().statistics(asked.job()));
        read(
                "GET /jobs/:jobid/checkpoints/config",
                (flink, asked) -> flink.checkpoints().configuration(asked.job()));
        read(
                "GET /jobs/:jobid/checkpoints/details/:checkpointid",
                (flink, asked) -> flink.checkpoints().details(asked.job(), asked.checkpointId()));
        read(
                "GET /jobs/:jobid/checkpoints/details/:checkpointid/subtasks/:vertexid",
                (flink, asked) ->
                        flink.checkpoints()
                                .subtasks(asked.job(), asked.checkpointId(), asked.vertex()));
        operation(
                "GET /jobs/:jobid/checkpoints/:triggerid",
                (flink, asked) -> flink.checkpoints().resume(asked.job(), asked.triggerId()));
        trigger(
                "POST /jobs/:jobid/checkpoints",
                (flink, asked) -> flink.checkpoints().trigger(asked.job()));
        trigger("POST /jobs/:jobid/stop", (flink, asked) -> flink.savepoints().stop(asked.job()));
        trigger(
                "POST /savepoint-disposal",
                (flink, asked) -> flink.savepoints().dispose("file:///savepoint"));
        operation(
                "GET /savepoint-disposal/:triggerid",
                (flink, asked) -> flink.savepoints().resumeDisposal(asked.triggerId()));
        trigger(
                "DELETE /datasets/:datasetid",
                (flink, asked) -> flink.dataSets().delete(asked.dataSet()));
        operation(
                "GET /datasets/delete/:triggerid",
                (flink, asked) -> flink.dataSets().resumeDeletion(asked.triggerId()));
        trigger(
                "POST /jobs/:jobid/savepoints",
                (flink, asked) -> flink.savepoints().trigger(asked.job()));
        operation(
                "GET /jobs/:jobid/savepoints/:triggerid",
                (flink, asked) -> flink.savepoints().resume(asked.job(), asked.triggerId()));
        read(
                "GET /jobs/:jobid/resource-requirements",
                (flink, asked) -> flink.rescaling().requirements(asked.job()));
        read(
                "GET /jobs/:jobid/rescales/config",
                (flink, asked) -> flink.rescaling().configuration(asked.job()));
        read(
                "GET /jobs/:jobid/rescales/overview",
                (flink, asked) -> flink.rescaling().overview(asked.job()));
        read(
                "GET /jobs/:jobid/rescales/summary",
                (flink, asked) -> flink.rescaling().summary(asked.job()));
        read(
                "GET /jobs/:jobid/rescales/history",
                (flink, asked) -> flink.rescaling().history(asked.job()));
        read(
                "GET /jobs/:jobid/rescales/details/:rescaleuuid",
                (flink, asked) -> flink.rescaling().details(asked.job(), asked.rescale()));
        read("GET /taskmanagers", (flink, asked) -> flink.taskManagers().list());
        read(
                "GET /taskmanagers/:taskmanagerid",
                (flink, asked) -> flink.taskManagers().details(asked.taskManager()));
        read(
                "GET /taskmanagers/:taskmanagerid/logs",
                (flink, asked) -> flink.taskManagers().logs(asked.taskManager()));
        read(
                "GET /taskmanagers/:taskmanagerid/thread-dump",
                (flink, asked) -> flink.taskManagers().threadDump(asked.taskManager()));
        read("GET /jobmanager/logs", (flink, asked) -> flink.jobManager().logs());
        read("GET /jobmanager/thread-dump", (flink, asked) -> flink.jobManager().threadDump());
        read("GET /jobmanager/config", (flink, asked) -> flink.jobManager().configuration());
        read(
                "GET /jobs/:jobid/jobmanager/config",
                (flink, asked) -> flink.jobManager().configuration(asked.job()));
        read(
                "GET /applications/:applicationid/jobmanager/config",
                (flink, asked) -> flink.jobManager().configuration(asked.application()));
        read("GET /jobmanager/environment", (flink, asked) -> flink.jobManager().environment());
        read(
                "GET /jobs/:jobid/jobmanager/environment",
                (flink, asked) -> flink.jobManager().environment(asked.job()));
        read(
                "GET /jobs/:jobid/jobmanager/log-url",
                (flink, asked) -> flink.jobManager().logUrl(asked.job()));
        read(
                "GET /jobs/:jobid/taskmanagers/:taskmanagerid/log-url",
                (flink, asked) ->
                        flink.jobManager().taskManagerLogUrl(asked.job(), asked.taskManager()));
        read("GET /jobmanager/profiler", (flink, asked) -> flink.profiler().ofJobManager());
        read(
                "GET /taskmanagers/:taskmanagerid/profiler",
                (flink, asked) -> flink.profiler().ofTaskManager(asked.taskManager()));
        read(
                "POST /jobmanager/profiler",
                (flink, asked) -> flink.profiler().beginProfileOfJobManager(PROFILE));
        read(
                "POST /taskmanagers/:taskmanagerid/profiler",
                (flink, asked) ->
                        flink.profiler().beginProfileOfTaskManager(asked.taskManager(), PROFILE));
        read("GET /datasets", (flink, asked) -> flink.dataSets().list());
        read("GET /jars", (flink, asked) -> flink.jars().list());
        read("POST /jars/upload", (flink, asked) -> flink.jars().upload(anyFile()));
        read(
                "POST /jars/:jarid/run",
                (flink, asked) ->
                        flink.jars().run(asked.jar(), JarRunRequestBody.builder().build()));
        read(
                "POST /jars/:jarid/run-application",
                (flink, asked) ->
                        flink.jars()
                                .runApplication(
                                        asked.jar(),
                                        JarRunApplicationRequestBody.builder().build()));
        read("GET /jars/:jarid/plan", (flink, asked) -> flink.jars().plan(asked.jar()));
        read(
                "POST /jars/:jarid/plan",
                (flink, asked) ->
                        flink.jars().plan(asked.jar(), JarPlanRequestBody.builder().build()));
        read("DELETE /jars/:jarid", (flink, asked) -> flink.jars().delete(asked.jar()));
    }

    /**
     * Routes of the SDK of which there is nothing to compare: their answers are no JSON, or Flink
     * only refuses.
     */
    private static final Set<String> NOT_RECORDED =
            Set.of(
                    "PATCH /jobs/:jobid/rescaling",
                    "GET /jobs/:jobid/rescaling/:triggerid",
                    "GET /jobmanager/log",
                    "GET /jobmanager/logs/:filename",
                    "GET /jobmanager/profiler/:filename",
                    "GET /jobmanager/stdout",
                    "GET /taskmanagers/:taskmanagerid/log",
                    "GET /taskmanagers/:taskmanagerid/logs/:filename",
                    "GET /taskmanagers/:taskmanagerid/profiler/:filename",
                    "GET /taskmanagers/:taskmanagerid/stdout");

    /** What only older versions send, and the SDK does not offer. */
    private static final Set<String> NOT_READ =
            Set.of(
                    "GET /jobs/:jobid/config $.execution-config.execution-mode",
                    "GET /jobs/:jobid/exceptions $.all-exceptions",
                    "GET /jobs/:jobid/exceptions $.root-exception",
                    "GET /jobs/:jobid/exceptions $.timestamp",
                    "GET /jobs/:jobid/exceptions $.truncated",
                    "GET /taskmanagers/:taskmanagerid $.metrics.memorySegmentsAvailable",
                    "GET /taskmanagers/:taskmanagerid $.metrics.memorySegmentsTotal");

    private static volatile Exchange expected;
    private static volatile Queue<JsonNode> answers;
    private static FaultyServer server;
    private static FlinkMonitoringClient client;

    /** A request of the SDK for a route. */
    private record Call(Asker asker, boolean isOperation) {}

    /** A field of the records of a class. */
    private record Field(Class<?> owner, String name) {}

    @FunctionalInterface
    private interface Asker {
        CompletableFuture<?> ask(FlinkMonitoringClient flink, Exchange asked);
    }

    @FunctionalInterface
    private interface Operation {
        OperationFuture<?> ask(FlinkMonitoringClient flink, Exchange asked);
    }

    private static void read(String route, Asker asker) {
        CALLS.put(route, new Call(asker, false));
    }

    /** Ends the waiting with the trigger, so that no question of it meets another's answer. */
    private static void trigger(String route, Operation operation) {
        read(
                route,
                (flink, asked) -> {
                    OperationFuture<?> future = operation.ask(flink, asked);
                    return future.acknowledged()
                            .thenApply(
                                    id -> {
                                        future.stopWaiting();
                                        return new TriggerResponse(id);
                                    });
                });
    }

    private static void operation(String route, Operation operation) {
        CALLS.put(route, new Call((flink, asked) -> operation.ask(flink, asked).result(), true));
    }

    private static Path anyFile() {
        return folder.resolve("any.jar");
    }

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(anyFile(), "content");
        server = FaultyServer.that(RecordedAnswersTest::answer);
        client =
                FlinkMonitoringClient.builder()
                        .endpoint(server.endpoint())
                        .pollSettings(
                                PollSettings.DEFAULT.withDelays(
                                        Duration.ofMillis(1), Duration.ofMillis(1)))
                        .build();
    }

    private static void answer(FaultyServer.Connection connection) throws IOException {
        if (expected.isAskedBy(connection.head())) {
            JsonNode answer = answers.size() > 1 ? answers.remove() : answers.element();
            connection.answerJson(expected.status(), answer.toString());
        } else {
            connection.answerJson(500, "{\"errors\":[\"Not what the recording asked for\"]}");
        }
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    static Stream<Exchange> successes() {
        return called().filter(exchange -> !exchange.isRefusal() && !isFailed(exchange))
                .filter(exchange -> !isInProgress(exchange));
    }

    static Stream<Exchange> successesOfTheNewest() {
        return successes().filter(exchange -> exchange.version().equals(NEWEST));
    }

    static Stream<Exchange> refusals() {
        return called().filter(Exchange::isRefusal);
    }

    static Stream<Exchange> failedOperations() {
        return called().filter(RecordedAnswersTest::isFailed);
    }

    static Stream<Exchange> operationsInProgress() {
        return called().filter(RecordedAnswersTest::isInProgress);
    }

    private static Stream<Exchange> called() {
        return RecordedAnswers.all().filter(exchange -> CALLS.containsKey(exchange.route()));
    }

    @ParameterizedTest
    @MethodSource("successes")
    void nothingIsLostAndNothingIsInvented(Exchange exchange) throws Exception {
        Object read = await(ask(exchange, exchange.answer()));

        assertReads(exchange, exchange.answer(), read);
    }

    @ParameterizedTest
    @MethodSource("successes")
    void fieldsAndEnumValuesOfANewerFlinkDoNoHarm(Exchange exchange) throws Exception {
        Object read = await(ask(exchange, exchange.answer()));
        JsonNode newer = exchange.answer().deepCopy();
        ReadAlong.of(read, outcome(exchange, newer), RecordedAnswersTest::makeNewer);
        JsonNode expected = JSON.readTree(newer.toString().replace(NEW_VALUE, "UNKNOWN"));
        expected.findParents(NEW_FIELD).forEach(parent -> ((ObjectNode) parent).remove(NEW_FIELD));

        Object readNewer = await(ask(exchange, newer));

        assertReads(exchange, expected, readNewer);
    }

    @ParameterizedTest
    @MethodSource("successesOfTheNewest")
    void aMissingFieldDoesNoHarm(Exchange exchange) throws Exception {
        Object read = await(ask(exchange, exchange.answer()));
        Set<Field> fields = new LinkedHashSet<>();
        ReadAlong.of(
                read,
                outcome(exchange, exchange.answer()),
                (value, node) -> {
                    if (value instanceof Record) {
                        ReadAlong.fields(value)
                                .keySet()
                                .forEach(name -> fields.add(new Field(value.getClass(), name)));
                    }
                });

        for (Field field : fields) {
            JsonNode older = exchange.answer().deepCopy();
            ReadAlong.of(
                    read,
                    outcome(exchange, older),
                    (value, node) -> {
                        if (value.getClass() == field.owner()) {
                            node.remove(field.name());
                        }
                    });
            assertThat(await(ask(exchange, older))).as("without %s", field).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusalsAreTold(Exchange exchange) {
        List<String> errors = new ArrayList<>();
        exchange.answer().get("errors").forEach(error -> errors.add(error.textValue()));

        Throwable failure =
                catchThrowable(() -> await(ask(exchange, exchange.answer()))).getCause();
        // An operation that the cluster does not know is told as such.
        Throwable told =
                failure instanceof UnknownOperationException ? failure.getCause() : failure;
        assertThat(told)
                .isInstanceOfSatisfying(
                        FlinkRestException.class,
                        refusal -> {
                            assertThat(refusal.status()).isEqualTo(exchange.status());
                            assertThat(refusal.errors()).isEqualTo(errors);
                        });
    }

    @ParameterizedTest
    @MethodSource("failedOperations")
    void failedOperationsTellTheirCause(Exchange exchange) {
        JsonNode cause = cause(exchange);

        assertFailure(ask(exchange, exchange.answer()))
                .isInstanceOfSatisfying(
                        OperationFailedException.class,
                        failure -> {
                            assertThat(failure.className())
                                    .isEqualTo(cause.get("class").textValue());
                            assertThat(failure.stackTraceText())
                                    .isEqualTo(cause.get("stack-trace").textValue());
                        });
    }

    @ParameterizedTest
    @MethodSource("operationsInProgress")
    void operationsInProgressAreFollowedToTheirEnd(Exchange exchange) throws Exception {
        Exchange end =
                successes()
                        .filter(other -> other.version().equals(exchange.version()))
                        .filter(other -> other.request().equals(exchange.request()))
                        .findFirst()
                        .orElseThrow();

        Object read = await(ask(exchange, exchange.answer(), end.answer()));

        assertReads(end, end.answer(), read);
    }

    @Test
    void fourVersionsAreRecorded() {
        assertThat(RecordedAnswers.versions()).containsExactly("1.18.1", "1.20.5", "2.0.2", NEWEST);
    }

    @Test
    void everyRouteOfTheSdkIsReadHere() throws Exception {
        Set<String> ofTheSdk = new TreeSet<>(SdkRoutes.all(folder));
        ofTheSdk.removeAll(SdkRoutes.OF_DREY);

        Set<String> readHere = new TreeSet<>(CALLS.keySet());
        readHere.addAll(NOT_RECORDED);
        assertThat(readHere).as("routes with a line in CALLS").isEqualTo(ofTheSdk);
        assertThat(NOT_RECORDED).doesNotContainAnyElementsOf(CALLS.keySet());
    }

    @Test
    void everyRouteReadHereIsRecordedOfTheNewestFlink() {
        assertThat(CALLS.keySet())
                .isSubsetOf(
                        called().filter(exchange -> exchange.version().equals(NEWEST))
                                .filter(exchange -> !exchange.isRefusal())
                                .map(Exchange::route)
                                .collect(Collectors.toSet()));
    }

    @Test
    void everyFieldThatIsNotReadIsSentByAnOlderFlink() throws Exception {
        Set<String> notRead = new TreeSet<>();
        for (Exchange exchange : successes().toList()) {
            differences(exchange, exchange.answer(), await(ask(exchange, exchange.answer())))
                    .stream()
                    .filter(difference -> difference.startsWith(LOST))
                    .map(difference -> notRead(exchange, difference))
                    .forEach(notRead::add);
        }
        assertThat(notRead).isEqualTo(NOT_READ);
    }

    private static CompletableFuture<?> ask(Exchange exchange, JsonNode... toAnswer) {
        expected = exchange;
        answers = new ArrayDeque<>(List.of(toAnswer));
        return CALLS.get(exchange.route()).asker().ask(client, exchange);
    }

    private static boolean isFailed(Exchange exchange) {
        return !cause(exchange).isMissingNode();
    }

    private static JsonNode cause(Exchange exchange) {
        JsonNode operation = exchange.answer().path("operation");
        return operation.has("failureCause")
                ? operation.path("failureCause")
                : operation.path("failure-cause");
    }

    private static boolean isInProgress(Exchange exchange) {
        return CALLS.get(exchange.route()).isOperation()
                && exchange.answer().path("operation").isNull();
    }

    /** What the future completes with, as it stands in the answer. */
    private static JsonNode outcome(Exchange exchange, JsonNode answer) {
        return CALLS.get(exchange.route()).isOperation() ? answer.get("operation") : answer;
    }

    private static void makeNewer(Object value, ObjectNode node) {
        if (value instanceof Map<?, ?> map) {
            map.keySet().stream()
                    .filter(Enum.class::isInstance)
                    .findFirst()
                    .map(ReadAlong::name)
                    .ifPresent(name -> node.set(NEW_VALUE, node.remove(name)));
            return;
        }
        ReadAlong.fields(value)
                .forEach(
                        (name, component) -> {
                            if (component instanceof Enum) {
                                node.put(name, NEW_VALUE);
                            }
                        });
        node.putObject(NEW_FIELD).put("nested", 1);
    }

    private static void assertReads(Exchange exchange, JsonNode sent, Object read)
            throws Exception {
        assertThat(differences(exchange, sent, read))
                .as("%s, sent and read", exchange)
                .allMatch(
                        difference ->
                                !exchange.version().equals(NEWEST)
                                        && NOT_READ.contains(notRead(exchange, difference)));
    }

    private static String notRead(Exchange exchange, String difference) {
        return exchange.route() + " " + difference.replaceFirst("^" + LOST, "");
    }

    private static List<String> differences(Exchange exchange, JsonNode answer, Object read)
            throws Exception {
        JsonNode sent = outcome(exchange, answer).deepCopy();
        ReadAlong.of(read, sent, ReadAlong::renameAliases);
        JsonNode readAgain = JSON.readTree(JSON.writeValueAsString(read));
        return JsonDifferences.between(sent, readAgain);
    }
}
