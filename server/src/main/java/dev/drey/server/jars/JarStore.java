package dev.drey.server.jars;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.model.JarId;
import dev.drey.model.jars.JarListInfo.JarFileInfo;
import dev.drey.server.error.Failures;
import dev.drey.server.http.MultipartForm;
import dev.drey.server.http.Upload;
import dev.drey.server.http.UploadFolder;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The uploaded jars. A jar's id is the name of its file: {@code <uuid>_<name it came under>}. Those
 * of a highly available cluster are shared, and files are copies of them. All methods block.
 */
public final class JarStore {

    private static final Logger LOG = LoggerFactory.getLogger(JarStore.class);

    private static final String SUFFIX = ".jar";
    private static final int MAX_FILE_NAME_BYTES = 255;
    private static final long RETRY_AFTER_SECONDS = 5;

    private final UploadFolder uploads;
    private final Path folder;
    private final JarEntries entries;
    private final Optional<SharedJars> shared;

    @Inject
    public JarStore(UploadFolder uploads, Configuration configuration, ObjectMapper json) {
        this.uploads = requireNonNull(uploads, "uploads is null");
        this.folder = uploads.path();
        this.entries = new JarEntries(configuration);
        this.shared = SharedJars.of(configuration, json);
    }

    /** The jars, newest first. */
    List<JarFileInfo> list() {
        return (shared.isPresent() ? allShared(shared.get()) : local())
                .stream().sorted(Comparator.comparing(JarFileInfo::uploaded).reversed()).toList();
    }

    private static List<JarFileInfo> allShared(SharedJars shared) {
        try {
            return shared.list();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private List<JarFileInfo> local() {
        try (Stream<Path> files = Files.list(folder)) {
            List<JarFileInfo> jars = new ArrayList<>();
            for (Path file : (Iterable<Path>) files::iterator) {
                describe(file).ifPresent(jars::add);
            }
            return jars;
        } catch (NoSuchFileException e) {
            LOG.warn("The folder of uploaded jars {} is gone: no jar is left", folder);
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where a jar lies.
     *
     * @throws NotFoundException if there is no such jar
     */
    Path path(JarId id) {
        Path file = folder.resolve(id.value());
        boolean known = shared.isPresent() ? isFetched(shared.get(), id, file) : isHere(file);
        if (!known) {
            throw new NotFoundException(unknown(id));
        }
        return file;
    }

    private static boolean isFetched(SharedJars shared, JarId id, Path file) {
        try {
            Optional<SharedJars.Note> note = shared.find(id);
            if (note.isPresent() && !isHere(file)) {
                shared.fetch(note.get(), file);
            }
            return note.isPresent();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Deletes a jar; 400 if there is none of that id, as in Flink. */
    void delete(JarId id) {
        Path file = folder.resolve(id.value());
        boolean known = shared.isPresent() ? isDeleted(shared.get(), id) : isHere(file);
        if (!known) {
            throw new BadRequestException(unknown(id));
        }
        try {
            if (!Files.deleteIfExists(file) && shared.isEmpty()) {
                throw new BadRequestException(unknown(id));
            }
            entries.remove(id);
        } catch (IOException e) {
            throw new InternalServerErrorException(
                    "Jar %s cannot be deleted: %s".formatted(id, e), e);
        }
    }

    private static boolean isDeleted(SharedJars shared, JarId id) {
        try {
            return shared.delete(id);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static boolean isHere(Path file) {
        return Files.isRegularFile(file);
    }

    private static String unknown(JarId id) {
        return "No jar %s was uploaded here: see /jars".formatted(id);
    }

    private static ServiceUnavailableException unavailable(IOException failure) {
        return new ServiceUnavailableException(
                "The jars under %s cannot be reached: %s"
                        .formatted(
                                HighAvailabilityOptions.HA_STORAGE_PATH.key(),
                                Failures.line(failure)),
                RETRY_AFTER_SECONDS,
                failure);
    }

    /** Lists a jar from now on that has come in as {@code file}; where it lies. */
    private Path keep(Path file, Path target) {
        if (shared.isPresent()) {
            try {
                shared.get().put(file, describe(target.getFileName().toString(), file));
            } catch (IOException e) {
                throw unavailable(e);
            }
        }
        try {
            return Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new InternalServerErrorException(
                    "The jar cannot be stored as %s: %s".formatted(target, Failures.line(e)), e);
        }
    }

    /**
     * A jar that has come in and is not listed yet. It is gone when it is closed, unless it was
     * kept.
     *
     * @param name what it was uploaded under
     */
    record Received(JarStore store, Upload upload, Path file, String name, Path target)
            implements AutoCloseable {

        /** Lists it from now on; where it lies. */
        Path keep() {
            return store.keep(file, target);
        }

        @Override
        public void close() {
            upload.close();
        }
    }

    /** Receives a jar, at the speed of its sender; nothing is left of one that is refused. */
    Received receive(MultipartForm form) {
        Upload upload = uploads.begin(form);
        try {
            AtomicReference<Received> received = new AtomicReference<>();
            form.forEachPart(
                    (name, fileName, content) -> {
                        if (fileName == null) {
                            throw new BadRequestException(
                                    "Unknown form field '%s': send one file".formatted(name));
                        }
                        if (received.get() != null) {
                            throw new BadRequestException(
                                    "More than one file: send exactly one jar");
                        }
                        Path target = target(fileName);
                        Path file = upload.receive(content);
                        requireJar(file, fileName);
                        received.set(
                                new Received(
                                        this,
                                        upload,
                                        file,
                                        MultipartForm.lastSegment(fileName),
                                        target));
                    });
            if (received.get() == null) {
                throw new BadRequestException("No file: send exactly one jar");
            }
            return received.get();
        } catch (RuntimeException refused) {
            upload.close();
            throw refused;
        }
    }

    private Path target(String fileName) {
        String name = MultipartForm.lastSegment(fileName);
        if (!name.endsWith(SUFFIX) || name.length() == SUFFIX.length()) {
            throw new BadRequestException(
                    "'%s' is no name of a jar: it must end in %s".formatted(name, SUFFIX));
        }
        String stored = UUID.randomUUID() + "_" + name;
        if (stored.getBytes(StandardCharsets.UTF_8).length > MAX_FILE_NAME_BYTES) {
            throw new BadRequestException("The file name is too long: shorten it");
        }
        try {
            return folder.resolve(new JarId(stored).value());
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("'%s' is no name of a jar".formatted(name), e);
        }
    }

    private static void requireJar(Path part, String fileName) {
        try (JarFile jar = new JarFile(part.toFile())) {
            LOG.debug("{} has {} entries", fileName, jar.size());
        } catch (IOException e) {
            throw new BadRequestException(
                    "'%s' is no jar: %s"
                            .formatted(MultipartForm.lastSegment(fileName), Failures.line(e)),
                    e);
        }
    }

    /** Whether a file of this name is a jar that was uploaded. */
    static boolean isId(String name) {
        return name.indexOf('_') >= 0 && !name.startsWith(".") && name.endsWith(SUFFIX);
    }

    private Optional<JarFileInfo> describe(Path file) throws IOException {
        String id = file.getFileName().toString();
        if (!isId(id)) {
            return Optional.empty();
        }
        try {
            return Optional.of(describe(id, file));
        } catch (NoSuchFileException e) {
            LOG.debug("{} was deleted while the jars were listed", file, e);
            return Optional.empty();
        }
    }

    private JarFileInfo describe(String id, Path file) throws IOException {
        JarId jarId = new JarId(id);
        return new JarFileInfo(
                jarId,
                id.substring(id.indexOf('_') + 1),
                Files.getLastModifiedTime(file).toMillis(),
                entries.of(jarId, file));
    }
}
