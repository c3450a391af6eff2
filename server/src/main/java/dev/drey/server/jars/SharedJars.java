package dev.drey.server.jars;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.model.JarId;
import dev.drey.model.jars.JarListInfo.JarFileInfo;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesUtils;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The uploaded jars of a highly available cluster, where every JobManager finds them: each one
 * under its digest, and a note of it, which is written last and deleted first. All methods block.
 */
final class SharedJars {

    private static final Logger LOG = LoggerFactory.getLogger(SharedJars.class);

    private static final String FOLDER = "drey-jars";
    private static final String BEGUN = ".";

    private final Path notes;
    private final Path contents;
    private final ObjectMapper json;

    /**
     * A jar that is kept.
     *
     * @param content name of its file
     */
    record Note(
            @JsonProperty("sha256") String sha256,
            @JsonProperty("content") String content,
            @JsonProperty("jar") JarFileInfo jar) {}

    SharedJars(Path folder, ObjectMapper json) {
        this.notes = new Path(folder, "notes");
        this.contents = new Path(folder, "contents");
        this.json = requireNonNull(json, "json is null");
    }

    /**
     * Those of a cluster that is configured so; empty if it is not highly available, or its
     * JobManagers share no folder.
     */
    static Optional<SharedJars> of(Configuration configuration, ObjectMapper json) {
        return HighAvailabilityMode.isHighAvailabilityModeActivated(configuration)
                        && configuration.contains(HighAvailabilityOptions.HA_STORAGE_PATH)
                ? Optional.of(
                        new SharedJars(
                                new Path(
                                        HighAvailabilityServicesUtils
                                                .getClusterHighAvailableStoragePath(configuration),
                                        FOLDER),
                                json))
                : Optional.empty();
    }

    List<JarFileInfo> list() throws IOException {
        FileSystem files = notes.getFileSystem();
        List<JarFileInfo> jars = new ArrayList<>();
        FileStatus[] all = files.exists(notes) ? files.listStatus(notes) : null;
        for (FileStatus file : all == null ? new FileStatus[0] : all) {
            String name = file.getPath().getName();
            if (JarStore.isId(name)) {
                find(new JarId(name)).map(Note::jar).ifPresent(jars::add);
            }
        }
        return jars;
    }

    Optional<Note> find(JarId id) throws IOException {
        try (InputStream note = notes.getFileSystem().open(new Path(notes, id.value()))) {
            return Optional.of(json.readValue(note, Note.class));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Keeps {@code file}; nothing is left of one that cannot be kept. */
    void put(java.nio.file.Path file, JarFileInfo jar) throws IOException {
        FileSystem files = contents.getFileSystem();
        String sha256 = sha256(file);
        Note note = new Note(sha256, sha256 + "-" + UUID.randomUUID(), jar);
        Path content = new Path(contents, note.content());
        Path begun = new Path(notes, BEGUN + note.content());
        files.mkdirs(contents);
        files.mkdirs(notes);
        try {
            try (OutputStream out = files.create(content, WriteMode.NO_OVERWRITE)) {
                Files.copy(file, out);
            }
            try (OutputStream out = files.create(begun, WriteMode.NO_OVERWRITE)) {
                out.write(json.writeValueAsBytes(note));
            }
            if (!files.rename(begun, new Path(notes, jar.id().value()))) {
                throw new IOException("%s cannot be renamed".formatted(begun));
            }
        } catch (IOException | RuntimeException e) {
            discard(begun);
            discard(content);
            throw e;
        }
    }

    /**
     * Copies a jar to {@code target}.
     *
     * @throws IOException also if it is not what was put
     */
    void fetch(Note note, java.nio.file.Path target) throws IOException {
        java.nio.file.Path part =
                Files.createTempFile(target.getParent(), BEGUN + note.sha256(), ".part");
        try {
            MessageDigest digest = sha256();
            Path content = new Path(contents, note.content());
            try (InputStream in =
                    new DigestInputStream(contents.getFileSystem().open(content), digest)) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!hex(digest).equals(note.sha256())) {
                throw new IOException("%s is damaged: it has another digest".formatted(content));
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Whether there was one. */
    boolean delete(JarId id) throws IOException {
        Optional<Note> note = find(id);
        if (note.isEmpty() || !notes.getFileSystem().delete(new Path(notes, id.value()), false)) {
            return false;
        }
        discard(new Path(contents, note.get().content()));
        return true;
    }

    private static void discard(Path file) {
        try {
            file.getFileSystem().delete(file, false);
        } catch (IOException e) {
            LOG.warn("{} is left behind, and is not needed", file, e);
        }
    }

    private static String sha256(java.nio.file.Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return hex(digest);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
