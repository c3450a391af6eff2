package dev.drey.server.jars;

import dev.drey.model.JarId;
import dev.drey.model.jars.JarListInfo.JarFileInfo;
import dev.drey.server.DreyOptions;
import dev.drey.server.error.Failures;
import dev.drey.server.error.StartupException;
import dev.drey.server.http.MultipartForm;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of uploaded jars, {@code web.upload.dir} or {@code web.tmpdir}. A jar's id is the name
 * of its file: {@code <uuid>_<name it was uploaded under>}.
 */
public final class JarStore {

    private static final Logger LOG = LoggerFactory.getLogger(JarStore.class);

    private static final String FOLDER = "flink-web-upload";
    private static final String SUFFIX = ".jar";
    private static final int MAX_FILE_NAME_BYTES = 255;
    private static final int MULTIPART_OVERHEAD = 64 * 1024;
    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final long maxSize;
    private final JarEntries entries;

    private JarStore(Path folder, Configuration configuration) {
        this.folder = folder;
        this.maxSize = configuration.get(DreyOptions.JARS_MAX_UPLOAD_SIZE).getBytes();
        this.entries = new JarEntries(configuration);
    }

    /**
     * Opens the folder, which is made if it is missing.
     *
     * @throws StartupException if it cannot be
     */
    public static JarStore open(Configuration configuration) throws StartupException {
        Optional<String> uploads = configuration.getOptional(WebOptions.UPLOAD_DIR);
        String key = uploads.isPresent() ? WebOptions.UPLOAD_DIR.key() : WebOptions.TMP_DIR.key();
        String parent = uploads.orElseGet(() -> configuration.get(WebOptions.TMP_DIR));
        Path folder = Path.of(parent, FOLDER).toAbsolutePath();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StartupException(
                    "%s: the folder %s for uploaded jars cannot be made (%s): name one that can be written"
                            .formatted(key, folder, e),
                    e);
        }
        return new JarStore(folder, configuration);
    }

    /** The jars, newest first. */
    List<JarFileInfo> list() {
        try (Stream<Path> files = Files.list(folder)) {
            List<JarFileInfo> jars = new ArrayList<>();
            for (Path file : (Iterable<Path>) files::iterator) {
                describe(file).ifPresent(jars::add);
            }
            jars.sort(Comparator.comparingLong(JarFileInfo::uploaded).reversed());
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
        if (!Files.isRegularFile(file)) {
            throw new NotFoundException("No jar %s was uploaded here: see /jars".formatted(id));
        }
        return file;
    }

    /** Deletes a jar; 400 if there is none of that id, as in Flink. */
    void delete(JarId id) {
        Path file = folder.resolve(id.value());
        if (!Files.isRegularFile(file)) {
            throw new BadRequestException("No jar %s was uploaded here: see /jars".formatted(id));
        }
        try {
            Files.delete(file);
            entries.remove(id);
        } catch (NoSuchFileException e) {
            throw new BadRequestException(
                    "No jar %s was uploaded here: see /jars".formatted(id), e);
        } catch (IOException e) {
            throw new InternalServerErrorException(
                    "Jar %s cannot be deleted: %s".formatted(id, e), e);
        }
    }

    /** Receives a jar, at the speed of its sender; nothing is left of one that is refused. */
    Path add(MultipartForm form) {
        if (form.contentLength() > maxSize + MULTIPART_OVERHEAD) {
            throw tooLarge();
        }
        Path part = folder.resolve("." + UUID.randomUUID() + ".part");
        AtomicReference<Path> target = new AtomicReference<>();
        try {
            form.forEachPart(
                    (name, fileName, content) -> {
                        if (fileName == null) {
                            throw new BadRequestException(
                                    "Unknown form field '%s': send one file".formatted(name));
                        }
                        if (target.get() != null) {
                            throw new BadRequestException(
                                    "More than one file: send exactly one jar");
                        }
                        target.set(target(fileName));
                        write(content, part);
                        requireJar(part, fileName);
                    });
            if (target.get() == null) {
                throw new BadRequestException("No file: send exactly one jar");
            }
            return Files.move(part, target.get(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw cannotStore(e);
        } finally {
            deleteQuietly(part);
        }
    }

    private Path target(String fileName) {
        String name = lastSegment(fileName);
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

    private static String lastSegment(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private void write(InputStream content, Path part) {
        byte[] buffer = new byte[BUFFER];
        long written = 0;
        try (OutputStream out = open(part)) {
            for (int n = read(content, buffer); n >= 0; n = read(content, buffer)) {
                written += n;
                if (written > maxSize) {
                    throw tooLarge();
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            throw cannotStore(e);
        }
    }

    private OutputStream open(Path part) throws IOException {
        Files.createDirectories(folder);
        return Files.newOutputStream(part, StandardOpenOption.CREATE_NEW);
    }

    /** A sender who stops is told apart from a disk that is full. */
    private static int read(InputStream content, byte[] buffer) {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireJar(Path part, String fileName) {
        try (JarFile jar = new JarFile(part.toFile())) {
            LOG.debug("{} has {} entries", fileName, jar.size());
        } catch (IOException e) {
            throw new BadRequestException(
                    "'%s' is no jar: %s".formatted(lastSegment(fileName), Failures.line(e)), e);
        }
    }

    private ClientErrorException tooLarge() {
        // The rest of the body is not read, so the connection cannot be used again.
        return new ClientErrorException(
                "The jar is larger than %d bytes (%s)"
                        .formatted(maxSize, DreyOptions.JARS_MAX_UPLOAD_SIZE.key()),
                Response.status(Response.Status.REQUEST_ENTITY_TOO_LARGE)
                        .header("Connection", "close")
                        .build());
    }

    private InternalServerErrorException cannotStore(IOException e) {
        return new InternalServerErrorException(
                "The jar cannot be stored in %s: %s".formatted(folder, Failures.line(e)), e);
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            LOG.warn("The unfinished upload {} cannot be deleted", part, e);
        }
    }

    private Optional<JarFileInfo> describe(Path file) throws IOException {
        String id = file.getFileName().toString();
        int separator = id.indexOf('_');
        if (separator < 0 || id.startsWith(".") || !id.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        JarId jarId = new JarId(id);
        try {
            return Optional.of(
                    new JarFileInfo(
                            jarId,
                            id.substring(separator + 1),
                            Files.getLastModifiedTime(file).toMillis(),
                            entries.of(jarId, file)));
        } catch (NoSuchFileException e) {
            LOG.debug("{} was deleted while the jars were listed", file, e);
            return Optional.empty();
        }
    }
}
