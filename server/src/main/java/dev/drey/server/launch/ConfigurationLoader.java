package dev.drey.server.launch;

import dev.drey.server.error.Failures;
import dev.drey.server.error.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationFileMigrationUtils;
import org.apache.flink.configuration.GlobalConfiguration;

/** Flink's configuration, from either of its files and the command line. */
final class ConfigurationLoader {

    private static final String LEGACY_FILE = "flink-conf.yaml";

    /**
     * @param folder holds {@code config.yaml} or {@code flink-conf.yaml}; {@code null}: no file is
     *     read
     * @param dynamicProperties override the file
     * @param defaults count where both are silent
     * @throws StartupException if the folder or its file cannot be read, or a value makes no sense
     */
    static Configuration load(
            Path folder, Map<String, String> dynamicProperties, Map<String, String> defaults)
            throws StartupException {
        Configuration configuration = Configuration.fromMap(defaults);
        if (folder != null) {
            configuration.addAll(read(folder));
        }
        configuration.addAll(Configuration.fromMap(dynamicProperties));
        OptionCheck.requireReadable(configuration);
        return configuration;
    }

    private static Configuration read(Path folder) throws StartupException {
        if (!Files.isDirectory(folder) || !Files.isExecutable(folder)) {
            throw new StartupException(
                    "--configDir %s: no such folder; name the one that holds %s"
                            .formatted(folder, GlobalConfiguration.FLINK_CONF_FILENAME));
        }
        Path file = folder.resolve(GlobalConfiguration.FLINK_CONF_FILENAME);
        Path legacy = folder.resolve(LEGACY_FILE);
        try {
            if (Files.exists(file)) {
                requireReadable(file);
                return GlobalConfiguration.loadConfiguration(folder.toString());
            }
            if (Files.exists(legacy)) {
                requireReadable(legacy);
                return Configuration.fromMap(
                        ConfigurationFileMigrationUtils.loadLegacyYAMLResource(legacy.toFile()));
            }
        } catch (RuntimeException e) {
            throw new StartupException(
                    "--configDir %s: its file cannot be read: %s"
                            .formatted(folder, Failures.line(Failures.root(e))),
                    e);
        }
        throw new StartupException(
                "--configDir %s: neither %s nor %s is there"
                        .formatted(folder, file.getFileName(), LEGACY_FILE));
    }

    private static void requireReadable(Path file) throws StartupException {
        if (!Files.isReadable(file)) {
            throw new StartupException(
                    "--configDir: %s cannot be read: check its permissions".formatted(file));
        }
    }

    private ConfigurationLoader() {}
}
