package dev.drey.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drey.server.JsonTrees;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.ArchivedExecutionConfig;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rest.handler.job.JobConfigHandler;
import org.apache.flink.runtime.rest.handler.legacy.DefaultExecutionGraphCache;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.rest.messages.JobConfigHeaders;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobConfigConverterTest {

    @Test
    void aConfigurationIsShownAsFlinkShowsIt() throws IOException {
        ExecutionConfig config = new ExecutionConfig();
        config.setParallelism(7);
        config.enableObjectReuse();

        JsonNode shown = assertSameAsFlink(config);

        assertThat(shown.get("execution-config").get("job-parallelism").intValue()).isEqualTo(7);
    }

    @Test
    void secretsAmongTheProgramsParametersAreMasked() throws IOException {
        Configuration parameters = new Configuration();
        parameters.setString("my.password", "open sesame");
        parameters.setString("my.name", "Ali");
        ExecutionConfig config = new ExecutionConfig();
        config.setGlobalJobParameters(parameters);

        JsonNode shown = assertSameAsFlink(config);

        assertThat(shown.get("execution-config").get("user-config"))
                .isEqualTo(JsonTrees.of("{\"my.password\":\"******\",\"my.name\":\"Ali\"}"));
    }

    @ParameterizedTest
    @MethodSource("dev.drey.server.SensitiveKeys#all")
    void everyKindOfSecretIsMasked(String key) throws IOException {
        Configuration parameters = new Configuration();
        parameters.setString(key, "open sesame");
        ExecutionConfig config = new ExecutionConfig();
        config.setGlobalJobParameters(parameters);

        assertThat(assertSameAsFlink(config).get("execution-config").get("user-config").get(key))
                .isEqualTo(TextNode.valueOf("******"));
    }

    private static JsonNode assertSameAsFlink(ExecutionConfig config) throws IOException {
        ExecutionGraphInfo graph =
                new ExecutionGraphInfo(
                        new ArchivedExecutionGraphBuilder()
                                .setArchivedExecutionConfig(new ArchivedExecutionConfig(config))
                                .build());
        JsonNode expected =
                JsonTrees.of(
                        new JobConfigHandler(
                                        CompletableFuture::new,
                                        Duration.ofSeconds(1),
                                        Map.of(),
                                        JobConfigHeaders.getInstance(),
                                        new DefaultExecutionGraphCache(
                                                Duration.ofSeconds(1), Duration.ofSeconds(1)),
                                        Runnable::run)
                                .archiveJsonWithPath(graph.getArchivedExecutionGraph())
                                .iterator()
                                .next()
                                .getJson());
        JsonNode shown = JsonTrees.ofDrey(JobConfigConverter.configInfo(graph));
        assertThat(shown).isEqualTo(expected);
        return shown;
    }
}
