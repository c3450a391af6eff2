package dev.drey.server.vertices;

import static dev.drey.server.vertices.FakeThreads.thread;
import static dev.drey.server.vertices.Graphs.JOB;
import static dev.drey.server.vertices.Graphs.NOWHERE;
import static dev.drey.server.vertices.Graphs.VERTEX;
import static dev.drey.server.vertices.Graphs.attempt;
import static dev.drey.server.vertices.Graphs.subtask;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.model.vertices.FlameGraphType;
import dev.drey.model.vertices.VertexFlameGraph;
import dev.drey.server.JsonTrees;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.messages.ThreadInfoSample;
import org.apache.flink.runtime.rest.handler.job.HandlerBridge;
import org.apache.flink.runtime.rest.handler.job.JobVertexFlameGraphHandler;
import org.apache.flink.runtime.rest.handler.legacy.DefaultExecutionGraphCache;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FlameGraphConverterTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final OptionalInt ALL = OptionalInt.empty();

    private static final List<ThreadInfoSample> FIRST =
            List.of(
                    thread(Thread.State.RUNNABLE, "a.B.deep:3", "a.B.run:2", "a.B.main:1"),
                    thread(Thread.State.RUNNABLE, "a.B.other:9", "a.B.run:2", "a.B.main:1"),
                    thread(Thread.State.NEW, "a.B.main:1"),
                    thread(Thread.State.WAITING, "a.Lock.park:-2", "a.B.run:2", "a.B.main:1"));
    private static final List<ThreadInfoSample> SECOND =
            List.of(
                    thread(Thread.State.TIMED_WAITING, "a.Lock.park:-2", "a.B.main:1"),
                    thread(Thread.State.BLOCKED, "a.B.deep:3", "a.B.deep:3", "a.B.main:1"),
                    thread(Thread.State.TERMINATED, "a.B.gone:5"),
                    thread(Thread.State.RUNNABLE));

    private static final FakeThreads THREADS =
            new FakeThreads(
                    Map.of(
                            FakeThreads.WHOLE_VERTEX,
                            FakeThreads.seen(FIRST, SECOND),
                            0,
                            FakeThreads.seen(FIRST)));
    private static final FakeThreads NONE_YET = new FakeThreads(Map.of());

    @ParameterizedTest
    @EnumSource(FlameGraphType.class)
    void samplesOfAVertexAndOfASubtaskAreShownAsFlinkDoes(FlameGraphType type) {
        ExecutionGraphInfo running = graph(ExecutionState.RUNNING, ExecutionState.RUNNING);

        JsonNode ofVertex = assertSameAsFlink(running, ALL, type, THREADS);
        JsonNode ofSubtask = assertSameAsFlink(running, OptionalInt.of(0), type, THREADS);

        assertThat(ofVertex.get("endTimestamp").longValue()).isEqualTo(FakeThreads.END);
        assertThat(ofVertex.get("data").get("value").intValue())
                .isEqualTo(
                        switch (type) {
                            case FULL -> 8;
                            case ON_CPU -> 4;
                            case OFF_CPU -> 3;
                        });
        assertThat(ofSubtask).isNotEqualTo(ofVertex);
    }

    @Test
    void whereNoSampleIsThereYetItIsSaid() {
        ExecutionGraphInfo running = graph(ExecutionState.RUNNING, ExecutionState.DEPLOYING);

        for (FakeThreads threads : new FakeThreads[] {NONE_YET, THREADS}) {
            assertThat(assertSameAsFlink(running, OptionalInt.of(1), FlameGraphType.FULL, threads))
                    .isEqualTo(JsonTrees.of("{\"endTimestamp\":-3}"));
        }
        assertSameAsFlink(running, ALL, FlameGraphType.FULL, NONE_YET);
    }

    @ParameterizedTest
    @CsvSource({
        "FINISHED, FINISHED",
        "CANCELED, CANCELED",
        "FAILED, RUNNING",
        "FINISHED, RUNNING",
        "CANCELING, CANCELED"
    })
    void whatHasEndedHasNoSamples(ExecutionState first, ExecutionState second) {
        ExecutionGraphInfo graph = graph(first, second);

        assertSameAsFlink(graph, ALL, FlameGraphType.FULL, THREADS);
        assertSameAsFlink(graph, OptionalInt.of(0), FlameGraphType.FULL, THREADS);
        assertSameAsFlink(graph, OptionalInt.of(1), FlameGraphType.FULL, THREADS);
    }

    @Test
    void theEndOfASubtaskIsItsOwn() {
        ExecutionGraphInfo graph = graph(ExecutionState.FINISHED, ExecutionState.RUNNING);

        assertThat(flameGraph(graph, OptionalInt.of(0), FlameGraphType.FULL, THREADS))
                .isEqualTo(new VertexFlameGraph(VertexFlameGraph.TERMINATED, null));
        assertThat(flameGraph(graph, ALL, FlameGraphType.FULL, THREADS).data()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "a.B$$Lambda$773/0x00000001007f84a0, a.B$$Lambda$0/0x0",
        "a.B$$Lambda$351/605293351, a.B$$Lambda$0/0",
        "a.B$$Lambda/0x000079c1ec1f3b60, a.B$$Lambda0/0x0",
        "a.B$$Lambda$Nested, a.B$$Lambda$Nested",
        "a.B$Lambda, a.B$Lambda"
    })
    void lambdasOfAllProcessesHaveOneName(String type, String shown) {
        FakeThreads threads =
                new FakeThreads(
                        Map.of(
                                FakeThreads.WHOLE_VERTEX,
                                FakeThreads.seen(
                                        List.of(thread(Thread.State.RUNNABLE, type + ".run:-1")))));
        ExecutionGraphInfo graph = graph(ExecutionState.RUNNING, ExecutionState.RUNNING);

        assertThat(flameGraph(graph, ALL, FlameGraphType.FULL, threads).data().children())
                .singleElement()
                .extracting(VertexFlameGraph.Node::name)
                .isEqualTo(shown + ".run:-1");
        if (type.contains("$$Lambda$")) {
            // Flink renames what the virtual machine that it runs on makes.
            assertSameAsFlink(graph, ALL, FlameGraphType.FULL, threads);
        }
    }

    private static ExecutionGraphInfo graph(ExecutionState first, ExecutionState second) {
        return Graphs.graph(
                subtask(attempt(0, 0, first, NOWHERE)), subtask(attempt(1, 0, second, NOWHERE)));
    }

    private static VertexFlameGraph flameGraph(
            ExecutionGraphInfo graph,
            OptionalInt subtask,
            FlameGraphType type,
            FakeThreads threads) {
        return FlameGraphConverter.flameGraph(graph, VERTEX, subtask, type, threads);
    }

    private static JsonNode assertSameAsFlink(
            ExecutionGraphInfo graph,
            OptionalInt subtask,
            FlameGraphType type,
            FakeThreads threads) {
        JsonNode ours = JsonTrees.ofDrey(flameGraph(graph, subtask, type, threads));
        assertThat(ours).isEqualTo(flinks(graph, subtask, type, threads));
        return ours;
    }

    private static JsonNode flinks(
            ExecutionGraphInfo graph,
            OptionalInt subtask,
            FlameGraphType type,
            FakeThreads threads) {
        List<String> index =
                subtask.isPresent() ? List.of(String.valueOf(subtask.getAsInt())) : List.of();
        try {
            return JsonTrees.ofFlink(
                    HandlerBridge.answer(
                            new JobVertexFlameGraphHandler(
                                    CompletableFuture::new,
                                    TIMEOUT,
                                    Map.of(),
                                    new DefaultExecutionGraphCache(TIMEOUT, TIMEOUT),
                                    Runnable::run,
                                    threads),
                            Map.of("jobid", JOB.toString(), "vertexid", VERTEX.toString()),
                            Map.of("type", List.of(type.name()), "subtaskindex", index),
                            graph.getArchivedExecutionGraph()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
