package dev.drey.server.dashboard;

import jakarta.ws.rs.core.EntityTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * The files under {@code web/} in flink-runtime-web's jar. They are listed once, and only what is
 * in the list can be asked for, so that no path leads anywhere else.
 */
final class DashboardFiles {

    private static final String FOLDER = "web/";
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html",
                    "js", "text/javascript",
                    "css", "text/css",
                    "json", "application/json",
                    "txt", "text/plain",
                    "xml", "application/xml",
                    "svg", "image/svg+xml",
                    "png", "image/png",
                    "ico", "image/x-icon",
                    "ttf", "font/ttf");

    private final Map<String, File> files;

    private DashboardFiles(Map<String, File> files) {
        this.files = files;
    }

    /** The dashboard of the Flink on the class path. */
    static DashboardFiles ofClassPath() {
        URL index = DashboardFiles.class.getClassLoader().getResource(FOLDER + "index.html");
        if (index == null) {
            return new DashboardFiles(Map.of());
        }
        try (JarFile jar = jarOf(index)) {
            return new DashboardFiles(
                    jar.stream()
                            .filter(entry -> !entry.isDirectory())
                            .filter(entry -> entry.getName().startsWith(FOLDER))
                            .map(File::of)
                            .collect(Collectors.toUnmodifiableMap(File::path, file -> file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file at {@code path}, relative to the dashboard's folder and decoded. */
    Optional<File> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static JarFile jarOf(URL index) throws IOException {
        JarURLConnection connection = (JarURLConnection) index.openConnection();
        connection.setUseCaches(false);
        return connection.getJarFile();
    }

    /**
     * A file of the dashboard.
     *
     * @param path relative to the dashboard's folder
     * @param type its media type
     * @param size bytes
     */
    record File(String path, String type, long size, Instant lastModified, EntityTag tag) {

        private static File of(JarEntry entry) {
            String path = entry.getName().substring(FOLDER.length());
            String suffix = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            return new File(
                    path,
                    TYPES.getOrDefault(suffix, "application/octet-stream"),
                    entry.getSize(),
                    entry.getLastModifiedTime().toInstant(),
                    new EntityTag(Long.toHexString(entry.getCrc()) + "-" + entry.getSize()));
        }

        byte[] read() {
            try (InputStream in =
                    DashboardFiles.class.getClassLoader().getResourceAsStream(FOLDER + path)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
