package dev.drey.server.processes;

import static java.util.Objects.requireNonNull;

import dev.drey.server.http.FileContent;
import jakarta.ws.rs.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of this process whose files can be asked for by their names. Links are followed as long
 * as they stay in it.
 */
public final class FileFolder {

    private static final Logger LOG = LoggerFactory.getLogger(FileFolder.class);

    private final Optional<Path> path;
    private final String called;

    /**
     * @param path is empty if there is none
     * @param called what it is, as a message to a user names it
     */
    public FileFolder(Optional<Path> path, String called) {
        this.path = path.map(Path::toAbsolutePath);
        this.called = requireNonNull(called, "called is null");
    }

    /**
     * A file of the folder.
     *
     * @throws NotFoundException if there is no such file, wherever else the name may lead
     */
    public FileContent file(String name) {
        return open(found(name), "'%s'".formatted(name));
    }

    /** Whether {@code file} is a file that lies in the folder, links followed. */
    boolean holds(Path file) {
        try {
            return path.isPresent()
                    && Files.isRegularFile(file)
                    && file.toRealPath().startsWith(path.get().toRealPath());
        } catch (IOException e) {
            // It was there a moment ago.
            return false;
        }
    }

    FileContent open(Optional<Path> file, String wanted) {
        try {
            if (file.isPresent() && Files.isRegularFile(file.get())) {
                return FileContent.open(file.get(), () -> {});
            }
        } catch (NoSuchFileException e) {
            LOG.debug("It was there a moment ago", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new NotFoundException("The JobManager has no %s in its %s".formatted(wanted, called));
    }

    /** Whether {@code name} is that of a file, and no path. */
    static boolean isFileName(String name) {
        return name.indexOf('/') < 0
                && name.indexOf('\\') < 0
                && !name.equals(".")
                && !name.equals("..")
                && !name.isBlank();
    }

    private Optional<Path> found(String name) {
        if (!isFileName(name)) {
            return Optional.empty();
        }
        try {
            return path.map(folder -> folder.resolve(name)).filter(this::holds);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
