package dev.drey.server.http;

import static java.util.Objects.requireNonNull;

import dev.drey.server.DreyOptions;
import dev.drey.server.error.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;

/** The folder of what is uploaded, {@code web.upload.dir} or {@code web.tmpdir}. */
public final class UploadFolder {

    private static final String FOLDER = "flink-web-upload";

    private final Path path;
    private final long maxSize;

    private UploadFolder(Path path, long maxSize) {
        this.path = requireNonNull(path, "path is null");
        this.maxSize = maxSize;
    }

    /**
     * Opens the folder, which is made if it is missing.
     *
     * @throws StartupException if it cannot be
     */
    public static UploadFolder open(Configuration configuration) throws StartupException {
        Optional<String> uploads = configuration.getOptional(WebOptions.UPLOAD_DIR);
        String key = uploads.isPresent() ? WebOptions.UPLOAD_DIR.key() : WebOptions.TMP_DIR.key();
        String parent = uploads.orElseGet(() -> configuration.get(WebOptions.TMP_DIR));
        Path folder = Path.of(parent, FOLDER).toAbsolutePath();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StartupException(
                    "%s: the folder %s for uploads cannot be made (%s): name one that can be written"
                            .formatted(key, folder, e),
                    e);
        }
        return new UploadFolder(
                folder, configuration.get(DreyOptions.JARS_MAX_UPLOAD_SIZE).getBytes());
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * Makes room for what {@code form} brings.
     *
     * @throws jakarta.ws.rs.ClientErrorException 413 if it says that it is too large
     */
    public Upload begin(MultipartForm form) {
        return Upload.begin(path, maxSize, form.contentLength());
    }
}
