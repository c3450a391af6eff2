package dev.drey.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.handler.job.JobPlanHandler;
import org.apache.flink.runtime.rest.handler.legacy.DefaultExecutionGraphCache;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.rest.messages.JobPlanHeaders;
import org.apache.flink.runtime.rest.messages.JobPlanInfo.Plan;
import org.apache.flink.runtime.rest.messages.JobPlanInfo.RawJson;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.junit.jupiter.api.Test;

class JobPlanConverterTest {

    private static final String JOB = new JobID(1, 2).toString();
    private static final String SOURCE = new JobVertexID(3, 4).toString();
    private static final String SINK = new JobVertexID(5, 6).toString();
    private static final RawJson NO_PROPERTIES = new RawJson("{}");

    @Test
    void aPlanWithoutVerticesIsShown() {
        assertSameAsFlink(new Plan(JOB, "", "BATCH", List.of()));
    }

    @Test
    void verticesWithoutInputsDoNotHaveThatField() {
        JsonNode nodes =
                assertSameAsFlink(
                                new Plan(
                                        JOB,
                                        "x",
                                        "STREAMING",
                                        List.of(node(SOURCE, null), node(SINK, List.of()))))
                        .get("plan")
                        .get("nodes");

        assertThat(nodes.get(0).has("inputs")).isFalse();
        assertThat(nodes.get(1).has("inputs")).isFalse();
    }

    @Test
    void edgesAreShownWithWhatIsKnownOfThem() {
        JsonNode inputs =
                assertSameAsFlink(
                                new Plan(
                                        JOB,
                                        "a <b>\"job\"</b>",
                                        "STREAMING",
                                        List.of(
                                                node(SOURCE, null),
                                                node(
                                                        SINK,
                                                        List.of(
                                                                new Plan.Node.Input(
                                                                        SOURCE,
                                                                        0,
                                                                        "pipelined_bounded",
                                                                        "HASH",
                                                                        "sort",
                                                                        "cached"),
                                                                new Plan.Node.Input(
                                                                        SOURCE,
                                                                        1,
                                                                        "blocking",
                                                                        null,
                                                                        null,
                                                                        null))))))
                        .get("plan")
                        .get("nodes")
                        .get(1)
                        .get("inputs");

        assertThat(inputs.get(0).get("caching").textValue()).isEqualTo("cached");
        assertThat(inputs.get(1).has("caching")).isFalse();
        assertThat(inputs.get(1).get("ship_strategy").isNull()).isTrue();
    }

    @Test
    void propertiesArePassedThrough() {
        RawJson properties = new RawJson("{\"a\": [1, {\"b\": null}]}");

        JsonNode node =
                assertSameAsFlink(
                                new Plan(
                                        JOB,
                                        "x",
                                        "BATCH",
                                        List.of(
                                                new Plan.Node(
                                                        SOURCE,
                                                        "operator",
                                                        4_000_000_000L,
                                                        "strategy",
                                                        "Source: numbers<br/>",
                                                        properties,
                                                        null))))
                        .get("plan")
                        .get("nodes")
                        .get(0);

        assertThat(node.get("optimizer_properties").get("a").get(0).intValue()).isEqualTo(1);
    }

    private static Plan.Node node(String id, List<Plan.Node.Input> inputs) {
        return new Plan.Node(id, "", 4, "", "Source: numbers", NO_PROPERTIES, inputs);
    }

    private static JsonNode assertSameAsFlink(Plan plan) {
        ExecutionGraphInfo graph =
                new ExecutionGraphInfo(new ArchivedExecutionGraphBuilder().setPlan(plan).build());
        JsonNode ours = JsonTrees.ofDrey(JobPlanConverter.planInfo(graph));
        assertThat(ours).isEqualTo(flinks(graph));
        return ours;
    }

    private static JsonNode flinks(ExecutionGraphInfo graph) {
        JobPlanHandler oracle =
                new JobPlanHandler(
                        CompletableFuture::new,
                        Duration.ofSeconds(1),
                        Map.of(),
                        JobPlanHeaders.getInstance(),
                        new DefaultExecutionGraphCache(
                                Duration.ofSeconds(1), Duration.ofSeconds(1)),
                        Runnable::run);
        try {
            return JsonTrees.of(oracle.archiveJsonWithPath(graph).iterator().next().getJson());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
