package dev.drey.server.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import jakarta.ws.rs.NotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.checkpoint.CheckpointRetentionPolicy;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionGraph;
import org.apache.flink.runtime.jobgraph.tasks.CheckpointCoordinatorConfiguration;
import org.apache.flink.runtime.jobgraph.tasks.JobCheckpointingSettings;
import org.apache.flink.runtime.rest.handler.job.checkpoints.CheckpointConfigHandler;
import org.apache.flink.runtime.rest.handler.legacy.DefaultExecutionGraphCache;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointConfigHeaders;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointConfigConverterTest {

    @ParameterizedTest
    @EnumSource(CheckpointRetentionPolicy.class)
    void retentionIsShownAsFlinkShowsIt(CheckpointRetentionPolicy policy) throws IOException {
        assertSameAsFlink(settings().setCheckpointRetentionPolicy(policy).build());
    }

    @Test
    void everySettingIsShownAsFlinkShowsIt() throws IOException {
        JsonNode shown =
                assertSameAsFlink(
                        settings()
                                .setCheckpointInterval(11)
                                .setCheckpointTimeout(22)
                                .setMinPauseBetweenCheckpoints(33)
                                .setMaxConcurrentCheckpoints(1)
                                .setExactlyOnce(true)
                                .setUnalignedCheckpointsEnabled(true)
                                .setAlignedCheckpointTimeout(44)
                                .setTolerableCheckpointFailureNumber(5)
                                .setEnableCheckpointsAfterTasksFinish(false)
                                .build());

        assertThat(shown.get("mode").textValue()).isEqualTo("exactly_once");
        assertThat(shown.get("min_pause").longValue()).isEqualTo(33);
    }

    @Test
    void atLeastOnceIsToldApart() throws IOException {
        JsonNode shown = assertSameAsFlink(settings().setExactlyOnce(false).build());

        assertThat(shown.get("mode").textValue()).isEqualTo("at_least_once");
    }

    @Test
    void aJobWithoutCheckpointsHasNoSuchConfiguration() {
        ExecutionGraphInfo graph = graph(null);

        assertThatThrownBy(() -> CheckpointConfigConverter.configInfo(graph))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("Checkpointing is not enabled for this job");
    }

    private static CheckpointCoordinatorConfiguration.CheckpointCoordinatorConfigurationBuilder
            settings() {
        return CheckpointCoordinatorConfiguration.builder();
    }

    private static ExecutionGraphInfo graph(CheckpointCoordinatorConfiguration coordinator) {
        ArchivedExecutionGraph graph =
                ArchivedExecutionGraph.createSparseArchivedExecutionGraph(
                        new JobID(),
                        "job",
                        JobStatus.RUNNING,
                        null,
                        null,
                        coordinator == null
                                ? null
                                : new JobCheckpointingSettings(coordinator, null),
                        0);
        return new ExecutionGraphInfo(graph);
    }

    private static JsonNode assertSameAsFlink(CheckpointCoordinatorConfiguration coordinator)
            throws IOException {
        ExecutionGraphInfo graph = graph(coordinator);
        JsonNode expected =
                JsonTrees.of(
                        new CheckpointConfigHandler(
                                        CompletableFuture::new,
                                        Duration.ofSeconds(1),
                                        Map.of(),
                                        CheckpointConfigHeaders.getInstance(),
                                        new DefaultExecutionGraphCache(
                                                Duration.ofSeconds(1), Duration.ofSeconds(1)),
                                        Runnable::run)
                                .archiveJsonWithPath(graph.getArchivedExecutionGraph())
                                .iterator()
                                .next()
                                .getJson());
        JsonNode shown = JsonTrees.ofDrey(CheckpointConfigConverter.configInfo(graph));
        assertThat(shown).isEqualTo(expected);
        return shown;
    }
}
