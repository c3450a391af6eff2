package dev.drey.server.jars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drey.model.JobId;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jars.RecoveryClaimMode;
import jakarta.ws.rs.BadRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JarProgramTest {

    private static final JobId JOB = new JobId("0123456789abcdef0123456789abcdef");

    @TempDir private Path folder;
    private Path jar;
    private final Configuration cluster = new Configuration();

    @BeforeEach
    void writeTheJar() throws IOException {
        jar = Files.write(folder.resolve("job.jar"), Jars.withMainClass(Program.class));
    }

    @Test
    void aProgramRunsWithTheClustersConfigurationWhereNothingElseIsAskedFor() {
        cluster.set(CoreOptions.DEFAULT_PARALLELISM, 3);
        cluster.setString("some.key", "cluster");

        Configuration configuration = configuration(JarRunRequestBody.builder().build());

        assertThat(configuration.get(CoreOptions.DEFAULT_PARALLELISM)).isEqualTo(1);
        assertThat(configuration.getString("some.key", null)).isEqualTo("cluster");
        assertThat(configuration.get(DeploymentOptions.ATTACHED)).isFalse();
        assertThat(configuration.get(PipelineOptions.JARS)).containsExactly("file:" + jar);
        assertThat(configuration.contains(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID)).isFalse();
        assertThat(SavepointRestoreSettings.fromConfiguration(configuration))
                .isEqualTo(SavepointRestoreSettings.none());
        assertThat(cluster.toMap()).hasSize(2);
    }

    @Test
    void whatIsAskedForIsSet() {
        Configuration configuration =
                configuration(
                        JarRunRequestBody.builder()
                                .parallelism(5)
                                .jobId(JOB)
                                .flinkConfiguration(
                                        Map.of("some.key", "asked", "parallelism.default", "4"))
                                .build());

        assertThat(configuration.get(CoreOptions.DEFAULT_PARALLELISM)).isEqualTo(5);
        assertThat(configuration.get(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID))
                .isEqualTo(JOB.value());
        assertThat(configuration.getString("some.key", null)).isEqualTo("asked");
    }

    @Test
    void theParallelismMayBeAskedForAsAnOption() {
        Configuration configuration =
                configuration(
                        JarRunRequestBody.builder()
                                .flinkConfiguration(Map.of("parallelism.default", "4"))
                                .build());

        assertThat(configuration.get(CoreOptions.DEFAULT_PARALLELISM)).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, Integer.MIN_VALUE})
    void aParallelismThatIsNoneIsRefused(int parallelism) {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(
                        () ->
                                configuration(
                                        JarRunRequestBody.builder()
                                                .parallelism(parallelism)
                                                .build()))
                .withMessageContaining(String.valueOf(parallelism));
    }

    @ParameterizedTest
    @EnumSource(value = RecoveryClaimMode.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void aJobIsRestoredAsAskedFor(RecoveryClaimMode mode) {
        Configuration configuration =
                configuration(
                        JarRunRequestBody.builder()
                                .savepointPath("file:///savepoint")
                                .allowNonRestoredState(true)
                                .recoveryClaimMode(mode)
                                .build());

        SavepointRestoreSettings restored =
                SavepointRestoreSettings.fromConfiguration(configuration);
        assertThat(restored.getRestorePath()).isEqualTo("file:///savepoint");
        assertThat(restored.allowNonRestoredState()).isTrue();
        assertThat(restored.getRecoveryClaimMode()).hasToString(mode.name());
    }

    @Test
    void aJobIsRestoredAsItsOptionsSay() {
        Configuration configuration =
                configuration(
                        JarRunRequestBody.builder()
                                .savepointPath("")
                                .flinkConfiguration(
                                        Map.of(
                                                StateRecoveryOptions.SAVEPOINT_PATH.key(),
                                                "file:///savepoint",
                                                StateRecoveryOptions
                                                        .SAVEPOINT_IGNORE_UNCLAIMED_STATE
                                                        .key(),
                                                "true",
                                                StateRecoveryOptions.RESTORE_MODE.key(),
                                                "CLAIM"))
                                .build());

        SavepointRestoreSettings restored =
                SavepointRestoreSettings.fromConfiguration(configuration);
        assertThat(restored.getRestorePath()).isEqualTo("file:///savepoint");
        assertThat(restored.allowNonRestoredState()).isTrue();
        assertThat(restored.getRecoveryClaimMode()).hasToString("CLAIM");
    }

    @Test
    void argumentsAndClassPathsReachTheProgram() {
        JarProgram program =
                JarProgram.of(
                        jar,
                        JarRunRequestBody.builder()
                                .programArguments("--a", "b")
                                .flinkConfiguration(
                                        Map.of(
                                                "pipeline.classpaths",
                                                "file:///a.jar;http://b/c.jar"))
                                .build(),
                        cluster);
        try (PackagedProgram loaded = program.load()) {
            assertThat(loaded.getArguments()).containsExactly("--a", "b");
            assertThat(loaded.getMainClassName()).isEqualTo(Program.class.getName());
            assertThat(loaded.getClasspaths()).hasSize(2);
            assertThat(program.configuration(loaded).get(PipelineOptions.CLASSPATHS))
                    .isEqualTo(List.of("file:/a.jar", "http://b/c.jar"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lib/a.jar", "nowhere://a.jar", "a b"})
    void aClassPathThatIsNoUrlIsRefused(String path) {
        JarProgram program =
                JarProgram.of(
                        jar,
                        JarRunRequestBody.builder()
                                .flinkConfiguration(Map.of("pipeline.classpaths", path))
                                .build(),
                        cluster);

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(program::load)
                .withMessageContaining("pipeline.classpaths")
                .withMessageContaining(path);
    }

    @ParameterizedTest
    @CsvSource({
        "parallelism.default, many",
        "execution.state-recovery.claim-mode, whose",
        "execution.state-recovery.ignore-unclaimed-state, perhaps"
    })
    void anOptionWhoseValueDoesNotParseIsRefusedAndNamed(String key, String value) {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(
                        () ->
                                configuration(
                                        JarRunRequestBody.builder()
                                                .flinkConfiguration(
                                                        Map.of(
                                                                key,
                                                                value,
                                                                "execution.state-recovery.path",
                                                                "file:///savepoint"))
                                                .build()))
                .withMessageContaining(key);
    }

    private Configuration configuration(JarRunRequestBody request) {
        JarProgram program = JarProgram.of(jar, request, cluster);
        try (PackagedProgram loaded = program.load()) {
            return program.configuration(loaded);
        }
    }

    public static final class Program {
        public static void main(String[] arguments) {}
    }
}
