package dev.drey.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import jakarta.ws.rs.BadRequestException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.rest.handler.HandlerRequestException;
import org.apache.flink.runtime.rest.handler.job.JobExceptionsBridge;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.exceptionhistory.ExceptionHistoryEntry;
import org.apache.flink.runtime.scheduler.exceptionhistory.RootExceptionHistoryEntry;
import org.apache.flink.runtime.scheduler.exceptionhistory.TestingAccessExecution;
import org.apache.flink.runtime.taskmanager.TaskManagerLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobExceptionsConverterTest {

    private static final String TASK = "map -> sink (2/4) - execution #1";
    private static final TaskManagerLocation LOCATION =
            new TaskManagerLocation(
                    new ResourceID("tm-1", "metadata"), InetAddress.getLoopbackAddress(), 40_001);

    @Test
    void aJobThatNeverFailedHasAnEmptyHistory() {
        assertThat(assertSameAsFlink(graph()).at("/exceptionHistory/truncated").booleanValue())
                .isFalse();
    }

    @Test
    void aFailureOfATaskSaysWhere() {
        JsonNode failure =
                assertSameAsFlink(
                                graph(
                                        failure(
                                                5,
                                                Map.of("type", "USER"),
                                                TASK,
                                                LOCATION,
                                                List.of())))
                        .at("/exceptionHistory/entries/0");

        assertThat(failure.get("taskManagerId").textValue()).isEqualTo("tm-1");
        assertThat(failure.get("endpoint").textValue()).endsWith(":40001");
    }

    @Test
    void aFailureOfATaskThatHadNoPlaceDoesNot() {
        JsonNode failure =
                assertSameAsFlink(graph(failure(5, Map.of(), TASK, null, List.of())))
                        .at("/exceptionHistory/entries/0");

        assertThat(failure.get("taskName").textValue()).isEqualTo(TASK);
        assertThat(failure.has("endpoint")).isFalse();
        assertThat(failure.has("taskManagerId")).isFalse();
    }

    @Test
    void aFailureOfTheWholeJobHasNoTask() {
        JsonNode failure =
                assertSameAsFlink(graph(failure(5, Map.of(), null, LOCATION, List.of())))
                        .at("/exceptionHistory/entries/0");

        assertThat(failure.has("taskName")).isFalse();
        assertThat(failure.has("endpoint")).isFalse();
    }

    @Test
    void concurrentFailuresAreShownWithTheirRoot() {
        JsonNode concurrent =
                assertSameAsFlink(
                                graph(
                                        failure(
                                                5,
                                                Map.of(),
                                                null,
                                                null,
                                                List.of(
                                                        concurrent(LOCATION),
                                                        concurrent(null),
                                                        ExceptionHistoryEntry.createGlobal(
                                                                new IllegalStateException("third"),
                                                                labels(Map.of("a", "b")))))))
                        .at("/exceptionHistory/entries/0/concurrentExceptions");

        assertThat(concurrent).hasSize(3);
        assertThat(concurrent.get(0).get("taskManagerId").textValue()).isEqualTo("tm-1");
        assertThat(concurrent.get(1).has("taskManagerId")).isFalse();
        assertThat(concurrent.get(2).has("taskName")).isFalse();
    }

    @Test
    void aLongHistoryIsShownNewestFirstAndCut() {
        JsonNode history = assertSameAsFlink(manyFailures()).get("exceptionHistory");

        assertThat(history.get("entries")).hasSize(20);
        assertThat(history.at("/entries/0/timestamp").longValue()).isEqualTo(25);
        assertThat(history.get("truncated").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maxExceptions=0",
                "maxExceptions=3",
                "maxExceptions=+3",
                "maxExceptions=25",
                "maxExceptions=2147483647",
                "maxExceptions=3,-1",
                "maxExceptions=3,4,,",
                "maxExceptions=3 maxExceptions=4",
                "maxExceptions=3 maxExceptions=",
                "maxExceptions=,",
                "failureLabelFilter=third:true",
                "failureLabelFilter=third:false",
                "failureLabelFilter=third:true,fifth:true",
                "failureLabelFilter=third:true failureLabelFilter=fifth:true",
                "failureLabelFilter=third:true,third:false",
                "failureLabelFilter=third:true,third:true",
                "failureLabelFilter=third:true::",
                "failureLabelFilter=third:true,",
                "failureLabelFilter=:true",
                "failureLabelFilter=,",
                "failureLabelFilter=sixth:true",
                "maxExceptions=2 failureLabelFilter=third:true"
            })
    void aQueryMeansWhatItMeansToFlink(String query) {
        assertSameAsFlink(manyFailures(), query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maxExceptions=",
                "maxExceptions=x",
                "maxExceptions=3,x",
                "maxExceptions=,3",
                "maxExceptions=3.0",
                "maxExceptions=2147483648",
                "failureLabelFilter=",
                "failureLabelFilter=third",
                "failureLabelFilter=third:",
                "failureLabelFilter=:",
                "failureLabelFilter=third:true:false",
                "failureLabelFilter=,third:true",
                "failureLabelFilter=third:true,x"
            })
    void whatFlinkCannotReadIsRefused(String query) {
        assertThatExceptionOfType(HandlerRequestException.class)
                .isThrownBy(() -> JobExceptionsBridge.exceptions(graph(), parameters(query)));
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> filter(query))
                .withMessageStartingWith(
                        "Parameter '%s': '".formatted(query.substring(0, query.indexOf('='))));
    }

    @Test
    void aNegativeLimitIsRefused() {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> filter("maxExceptions=-1"))
                .withMessage("Parameter 'maxExceptions': -1 is negative");
    }

    private static ExecutionGraphInfo manyFailures() {
        List<RootExceptionHistoryEntry> failures = new ArrayList<>();
        for (int i = 1; i <= 25; i++) {
            failures.add(
                    failure(
                            i,
                            Map.of(
                                    "third",
                                    String.valueOf(i % 3 == 0),
                                    "fifth",
                                    String.valueOf(i % 5 == 0),
                                    "",
                                    "true"),
                            null,
                            null,
                            List.of()));
        }
        return graph(failures.toArray(new RootExceptionHistoryEntry[0]));
    }

    private static RootExceptionHistoryEntry failure(
            long time,
            Map<String, String> labels,
            String task,
            TaskManagerLocation location,
            List<ExceptionHistoryEntry> concurrent) {
        return new RootExceptionHistoryEntry(
                new IllegalStateException("failure " + time, new RuntimeException("cause")),
                time,
                labels(labels),
                task,
                location,
                concurrent);
    }

    private static ExceptionHistoryEntry concurrent(TaskManagerLocation location) {
        return ExceptionHistoryEntry.create(
                TestingAccessExecution.newBuilder()
                        .withErrorInfo(new ErrorInfo(new IllegalArgumentException("second"), 7))
                        .withTaskManagerLocation(location)
                        .build(),
                TASK,
                labels(Map.of()));
    }

    private static CompletableFuture<Map<String, String>> labels(Map<String, String> labels) {
        return CompletableFuture.completedFuture(labels);
    }

    private static ExecutionGraphInfo graph(RootExceptionHistoryEntry... failures) {
        return new ExecutionGraphInfo(
                new ArchivedExecutionGraphBuilder().build(), List.of(failures), null);
    }

    /** A query without its percent-encoding, a space between its parameters. */
    private static Map<String, List<String>> parameters(String query) {
        Map<String, List<String>> parameters = new HashMap<>();
        for (String parameter : query.split(" ", 0)) {
            String[] parts = parameter.split("=", 2);
            parameters
                    .computeIfAbsent(parts[0], name -> new ArrayList<>())
                    .addAll(Arrays.asList(parts).subList(1, parts.length));
        }
        return parameters;
    }

    private static ExceptionsFilter filter(String query) {
        Map<String, List<String>> parameters = parameters(query);
        return ExceptionsFilter.of(
                parameters.getOrDefault(ExceptionsFilter.MAX_EXCEPTIONS, List.of()),
                parameters.getOrDefault(ExceptionsFilter.FAILURE_LABEL_FILTER, List.of()));
    }

    private static JsonNode assertSameAsFlink(ExecutionGraphInfo graph) {
        return assertSameAsFlink(graph, "");
    }

    private static JsonNode assertSameAsFlink(ExecutionGraphInfo graph, String query) {
        JsonNode ours = JsonTrees.ofDrey(JobExceptionsConverter.exceptions(graph, filter(query)));
        try {
            assertThat(ours)
                    .isEqualTo(
                            JsonTrees.ofFlink(
                                    JobExceptionsBridge.exceptions(graph, parameters(query))));
        } catch (HandlerRequestException e) {
            throw new AssertionError(e);
        }
        return ours;
    }
}
