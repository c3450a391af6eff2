package dev.drey.server.http;

import dev.drey.server.DreyOptions;
import dev.drey.server.error.Failures;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.flink.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files on their way in, at the speed of their sender, in a folder of their own that is gone with
 * the upload.
 */
public final class Upload implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

    private static final int MULTIPART_OVERHEAD = 64 * 1024;
    private static final int BUFFER = 64 * 1024;

    /** What a further file takes of the disk, however little is in it. */
    private static final int LEAST = 4096;

    private final Path folder;
    private final long maxSize;
    private long size;
    private int files;

    private Upload(Path folder, long maxSize) {
        this.folder = folder;
        this.maxSize = maxSize;
    }

    static Upload begin(Path parent, long maxSize, long announcedSize) {
        Upload upload = new Upload(parent.resolve("." + UUID.randomUUID() + ".part"), maxSize);
        if (announcedSize > maxSize + MULTIPART_OVERHEAD) {
            throw upload.tooLarge();
        }
        return upload;
    }

    /**
     * Receives a file, whose name tells nothing.
     *
     * @throws ClientErrorException 413 if all files together are too large
     * @throws UncheckedIOException if the sender stops
     */
    public Path receive(InputStream content) {
        if (files > 0) {
            grow(LEAST);
        }
        Path file = folder.resolve(String.valueOf(files));
        files++;
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = open(file)) {
            for (int n = read(content, buffer); n >= 0; n = read(content, buffer)) {
                grow(n);
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new InternalServerErrorException(
                    "The upload cannot be stored in %s: %s".formatted(folder, Failures.line(e)), e);
        }
        return file;
    }

    /** What is in a received file, as 64 hexadecimal digits. */
    public static String digest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new InternalServerErrorException(
                    "The upload cannot be read again: " + Failures.line(e), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    @Override
    public void close() {
        try {
            FileUtils.deleteDirectory(folder.toFile());
        } catch (IOException e) {
            LOG.warn("The upload {} cannot be deleted", folder, e);
        }
    }

    private OutputStream open(Path file) throws IOException {
        Files.createDirectories(folder);
        return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    }

    /** A sender who stops is told apart from a disk that is full. */
    private static int read(InputStream content, byte[] buffer) {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void grow(int bytes) {
        size += bytes;
        if (size > maxSize) {
            throw tooLarge();
        }
    }

    private ClientErrorException tooLarge() {
        // The rest of the body is not read, so the connection cannot be used again.
        return new ClientErrorException(
                "The upload is larger than %d bytes (%s)"
                        .formatted(maxSize, DreyOptions.JARS_MAX_UPLOAD_SIZE.key()),
                Response.status(Response.Status.REQUEST_ENTITY_TOO_LARGE)
                        .header("Connection", "close")
                        .build());
    }
}
