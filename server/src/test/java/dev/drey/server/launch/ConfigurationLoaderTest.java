package dev.drey.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drey.server.error.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLoaderTest {

    @TempDir private Path folder;

    @Test
    void withoutAFolderNoFileIsRead() throws Exception {
        Configuration configuration =
                ConfigurationLoader.load(null, Map.of("rest.port", "1"), Map.of("a.b", "c"));

        assertThat(configuration.toMap()).isEqualTo(Map.of("rest.port", "1", "a.b", "c"));
    }

    @Test
    void theFileOfFlink2IsReadAsYaml() throws Exception {
        write("config.yaml", "rest:\n  port: 1234 # comment\ntaskmanager.numberOfTaskSlots: 7\n");

        Configuration configuration = ConfigurationLoader.load(folder, Map.of(), Map.of());

        assertThat(configuration.get(RestOptions.PORT)).isEqualTo(1234);
        assertThat(configuration.get(TaskManagerOptions.NUM_TASK_SLOTS)).isEqualTo(7);
    }

    @Test
    void theOlderFileIsReadAsItWasThen() throws Exception {
        write("flink-conf.yaml", "# comment\nrest.port: 1234\nweb.upload.dir: /a: b\nnonsense\n");

        Configuration configuration = ConfigurationLoader.load(folder, Map.of(), Map.of());

        assertThat(configuration.toMap())
                .isEqualTo(Map.of("rest.port", "1234", "web.upload.dir", "/a: b"));
    }

    @Test
    void ofTwoFilesTheNewerCounts() throws Exception {
        write("config.yaml", "rest.port: 1\n");
        write("flink-conf.yaml", "rest.port: 2\nrest.address: older\n");

        assertThat(ConfigurationLoader.load(folder, Map.of(), Map.of()).toMap())
                .containsEntry("rest.port", "1")
                .doesNotContainKey("rest.address");
    }

    @Test
    void theCommandLineOverridesTheFileAndTheFileTheDefaults() throws Exception {
        write("config.yaml", "rest.port: 2\nrest.address: file\n");

        assertThat(
                        ConfigurationLoader.load(
                                        folder,
                                        Map.of("rest.port", "1"),
                                        Map.of("rest.port", "3", "rest.address", "x", "a.b", "c"))
                                .toMap())
                .containsEntry("rest.port", "1")
                .containsEntry("rest.address", "file")
                .containsEntry("a.b", "c");
    }

    @Test
    void aFolderThatIsMissingIsNamed() {
        refused(folder.resolve("missing"), "no such folder");
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        write("config.yaml", "rest.port: 1\n");

        refused(folder.resolve("config.yaml"), "no such folder");
    }

    @Test
    void aFolderWithoutAFileIsNamedAndTheFilesAreTold() {
        refused(folder, "neither config.yaml nor flink-conf.yaml is there");
    }

    @Test
    void aFileThatIsNoYamlIsRefusedInOneLine() throws IOException {
        write("config.yaml", "rest: [\n  port: }\n");

        refused(folder, "its file cannot be read");
    }

    private static void refused(Path folder, String reason) {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> ConfigurationLoader.load(folder, Map.of(), Map.of()))
                .satisfies(
                        refusal ->
                                assertThat(refusal.getMessage())
                                        .startsWith("--configDir " + folder + ": ")
                                        .contains(reason)
                                        .doesNotContain("\n"));
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }
}
