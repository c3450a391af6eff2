package dev.drey.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import dev.drey.server.TestServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.accumulators.StringifiedAccumulatorResult;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionGraph;
import org.apache.flink.runtime.rest.handler.job.HandlerBridge;
import org.apache.flink.runtime.rest.handler.job.JobAccumulatorsHandler;
import org.apache.flink.runtime.rest.handler.legacy.DefaultExecutionGraphCache;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.rest.messages.JobAccumulatorsHeaders;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.util.OptionalFailure;
import org.apache.flink.util.SerializedValue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobAccumulatorsConverterTest {

    private static final JobID JOB = new JobID(1, 2);

    private static final JobAccumulatorsHandler ORACLE =
            new JobAccumulatorsHandler(
                    CompletableFuture::new,
                    Duration.ofSeconds(1),
                    Map.of(),
                    JobAccumulatorsHeaders.getInstance(),
                    new DefaultExecutionGraphCache(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                    Runnable::run);

    private static final ArchivedExecutionGraph GRAPH = graph();

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .dispatcher(
                            dispatcher ->
                                    dispatcher.setRequestExecutionGraphInfoFunction(
                                            job ->
                                                    CompletableFuture.completedFuture(
                                                            new ExecutionGraphInfo(GRAPH))))
                    .start();

    @Test
    void theArchiveHasTheSerializedValues() throws Exception {
        JsonNode shown =
                JsonTrees.ofDrey(
                        JobAccumulatorsConverter.accumulatorsWithSerializedValues(
                                new ExecutionGraphInfo(GRAPH)));

        assertThat(shown)
                .isEqualTo(
                        JsonTrees.of(
                                ORACLE.archiveJsonWithPath(GRAPH).iterator().next().getJson()));
        assertThat(shown.get("serialized-user-task-accumulators").get("large").textValue())
                .hasSizeGreaterThan(1_000)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "includeSerializedValue=true",
                "includeSerializedValue=TRUE",
                "includeSerializedValue=true,false",
                "includeSerializedValue=true&includeSerializedValue=false",
                "includeSerializedValue=false",
                "includeSerializedValue=maybe",
                "includeSerializedValue=1",
                "includeSerializedValue=",
                "includeSerializedValue=,true",
                "includeSerializedValue=,",
                "includeSerializedValue=%20true",
                "includeSerializedValue=false&includeSerializedValue=true",
                "includeserializedvalue=true"
            })
    void serializedValuesAreShownWhenFlinkShowsThem(String query) throws Exception {
        Map<String, List<String>> parameters =
                query.startsWith("includeSerializedValue=")
                        ? Map.of(
                                "includeSerializedValue",
                                Stream.of(query.split("&"))
                                        .map(
                                                one ->
                                                        one.substring(one.indexOf('=') + 1)
                                                                .replace("%20", " "))
                                        .toList())
                        : Map.of();

        assertThat(SERVER.get("/jobs/" + JOB + "/accumulators?" + query).expect(200).json())
                .isEqualTo(
                        JsonTrees.ofFlink(
                                HandlerBridge.answer(
                                        ORACLE,
                                        Map.of("jobid", JOB.toString()),
                                        parameters,
                                        GRAPH)));
    }

    private static ArchivedExecutionGraph graph() {
        try {
            char[] large = new char[5_000];
            Arrays.fill(large, '\u00e9');
            return new ArchivedExecutionGraphBuilder()
                    .setJobID(JOB)
                    .setArchivedUserAccumulators(
                            new StringifiedAccumulatorResult[] {
                                new StringifiedAccumulatorResult("seen", "IntCounter", "7"),
                                new StringifiedAccumulatorResult(
                                        "broken", "null", "java.lang.Exception: \"x\"\n\tat y")
                            })
                    .setSerializedUserAccumulators(
                            Map.of(
                                    "seen",
                                    new SerializedValue<>(OptionalFailure.<Object>of(7)),
                                    "large",
                                    new SerializedValue<>(
                                            OptionalFailure.<Object>of(new String(large)))))
                    .build();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
