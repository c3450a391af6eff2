package dev.drey.server.launch;

import dev.drey.server.error.StartupException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.CoreOptions;

/**
 * Where the process writes. As with Flink's scripts there is a log, and beside it, ending in {@code
 * .out}, what programs print: standard output is left for the one line that says the server is
 * ready.
 */
final class LogFiles {

    /** Flink's own: it finds the log by this system property to serve it. */
    private static final String LOG_FILE = "log.file";

    /** Known to the logging configuration only. */
    private static final String ACCESS_FILE = "drey.access.file";

    private static final String NAME = "drey.log";
    private static final String DEFAULT_FOLDER = "log";

    static void open(Map<String, String> dynamicProperties) throws StartupException {
        String key = CoreOptions.FLINK_LOG_DIR.key();
        Path log =
                Path.of(
                                System.getProperty(
                                        LOG_FILE,
                                        dynamicProperties.getOrDefault(key, DEFAULT_FOLDER)
                                                + "/"
                                                + NAME))
                        .toAbsolutePath();
        String name = log.getFileName().toString();
        Path printed = log.resolveSibling(name.replaceFirst("(\\.log)?$", ".out"));
        Path access = log.resolveSibling(name.replaceFirst("(\\.log)?$", "-access.log"));
        try {
            Files.createDirectories(log.getParent());
            PrintStream stream =
                    new PrintStream(
                            new FileOutputStream(printed.toFile(), true),
                            true,
                            StandardCharsets.UTF_8);
            System.setProperty(LOG_FILE, log.toString());
            System.setProperty(ACCESS_FILE, access.toString());
            System.setOut(stream);
            System.setErr(stream);
        } catch (IOException e) {
            throw new StartupException(
                    "%s: the log cannot be written to %s (%s): name another folder with -D %s=DIR"
                            .formatted(key, log.getParent(), e, key),
                    e);
        }
    }

    private LogFiles() {}
}
