package dev.drey.server.processes;

import dev.drey.model.processes.LogListInfo;
import dev.drey.model.processes.LogListInfo.LogInfo;
import dev.drey.server.http.FileContent;
import jakarta.ws.rs.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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

/**
 * The log of this process, found as Flink finds it, and what lies beside it. Links are followed as
 * long as they stay in the folder.
 */
public final class LogFolder {

    private static final Logger LOG = LoggerFactory.getLogger(LogFolder.class);

    /** Flink's scripts tell it to the logger, too. */
    private static final String LOG_FILE = "log.file";

    private static final int SUFFIX = ".log".length();

    private final Path log;

    private LogFolder(Path log) {
        this.log = log;
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
            return new LogFolder(null);
        }
        return new LogFolder(Path.of(log).toAbsolutePath());
    }

    /** The files in it; none if there is no such folder. */
    public LogListInfo list() {
        if (log == null) {
            return new LogListInfo(List.of());
        }
        List<LogInfo> logs = new ArrayList<>();
        try (Stream<Path> files = Files.list(log.getParent())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (isWithin(file)) {
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
        return open(Optional.ofNullable(log), "log");
    }

    /**
     * What was printed.
     *
     * @throws NotFoundException if there is no such file
     */
    public FileContent stdout() {
        return open(
                Optional.ofNullable(log).map(file -> Path.of(withoutSuffix(file) + ".out")),
                "standard output");
    }

    /**
     * A file of the folder.
     *
     * @throws NotFoundException if there is no such file, wherever else the name may lead
     */
    public FileContent file(String name) {
        return open(found(name), "'%s'".formatted(name));
    }

    private static String withoutSuffix(Path log) {
        return log.toString().substring(0, log.toString().length() - SUFFIX);
    }

    private Optional<Path> found(String name) {
        if (log == null || !isFileName(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(log.resolveSibling(name)).filter(this::isWithin);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Whether {@code name} is that of a file, and no path. */
    static boolean isFileName(String name) {
        return name.indexOf('/') < 0
                && name.indexOf('\\') < 0
                && !name.equals(".")
                && !name.equals("..")
                && !name.isBlank();
    }

    /** Whether {@code file} is a file that lies in the folder, links followed. */
    private boolean isWithin(Path file) {
        try {
            return Files.isRegularFile(file)
                    && file.toRealPath().startsWith(log.getParent().toRealPath());
        } catch (IOException e) {
            // It was there a moment ago.
            return false;
        }
    }

    private static FileContent open(Optional<Path> file, String called) {
        try {
            if (file.isPresent() && Files.isRegularFile(file.get())) {
                return FileContent.open(file.get(), () -> {});
            }
        } catch (NoSuchFileException e) {
            LOG.debug("It was there a moment ago", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new NotFoundException("The JobManager has no %s in its log folder".formatted(called));
    }
}
