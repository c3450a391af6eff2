package dev.drey.server.processes;

import dev.drey.model.processes.LogListInfo;
import dev.drey.model.processes.LogListInfo.LogInfo;
import dev.drey.server.http.FileContent;
import jakarta.ws.rs.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.WebOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of this process, found as Flink finds it, and what lies beside it. */
public final class LogFolder {

    private static final Logger LOG = LoggerFactory.getLogger(LogFolder.class);

    /** Flink's scripts tell it to the logger, too. */
    private static final String LOG_FILE = "log.file";

    private static final int SUFFIX = ".log".length();

    private final Optional<Path> log;
    private final FileFolder folder;

    private LogFolder(Optional<Path> log) {
        this.log = log;
        this.folder = new FileFolder(log.map(Path::getParent), "log folder");
    }

    /** The folder of the system property {@code log.file}, else of {@code web.log.path}. */
    public static LogFolder of(ReadableConfig configuration) {
        String log =
                Optional.ofNullable(System.getProperty(LOG_FILE))
                        .orElseGet(() -> configuration.get(WebOptions.LOG_PATH));
        if (log == null || log.length() < SUFFIX) {
            LOG.warn(
                    "There are no logs to show: neither the system property {} nor {} names one",
                    LOG_FILE,
                    WebOptions.LOG_PATH.key());
            return new LogFolder(Optional.empty());
        }
        return new LogFolder(Optional.of(Path.of(log).toAbsolutePath()));
    }

    /** The files in it; none if there is no such folder. */
    public LogListInfo list() {
        if (log.isEmpty()) {
            return new LogListInfo(List.of());
        }
        List<LogInfo> logs = new ArrayList<>();
        try (Stream<Path> files = Files.list(log.get().getParent())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (folder.holds(file)) {
                    logs.add(
                            new LogInfo(
                                    file.getFileName().toString(),
                                    file.toFile().length(),
                                    file.toFile().lastModified()));
                }
            }
        } catch (NoSuchFileException e) {
            return new LogListInfo(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LogListInfo(logs);
    }

    /**
     * The log.
     *
     * @throws NotFoundException if there is none
     */
    public FileContent log() {
        return folder.open(log, "log");
    }

    /**
     * What was printed.
     *
     * @throws NotFoundException if there is no such file
     */
    public FileContent stdout() {
        return folder.open(
                log.map(file -> Path.of(withoutSuffix(file) + ".out")), "standard output");
    }

    /**
     * A file of the folder.
     *
     * @throws NotFoundException if there is no such file, wherever else the name may lead
     */
    public FileContent file(String name) {
        return folder.file(name);
    }

    private static String withoutSuffix(Path log) {
        return log.toString().substring(0, log.toString().length() - SUFFIX);
    }
}
