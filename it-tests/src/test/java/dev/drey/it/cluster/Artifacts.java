package dev.drey.it.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the build made for the suites, and where they may write. */
public final class Artifacts {

    /** The packaged server; its dependencies lie in a folder beside it. */
    public static Path serverJar() {
        return existing("drey.it.server.jar");
    }

    /** The example programs. */
    public static Path jobJar() {
        return existing("drey.it.job.jar");
    }

    /** Starts Flink's own endpoint in the process of a server. */
    static Path twinAgent() {
        return existing("drey.it.twin.agent");
    }

    /** Routes of Flink that Drey does not serve yet, one to a line. */
    public static Path knownGaps() {
        return existing("drey.it.known.gaps");
    }

    /** The classes of the suites themselves. */
    public static Path testClasses() {
        try {
            return Path.of(
                    Artifacts.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The class path of a cluster that knows nothing of Drey. */
    static String stockClassPath() {
        return property("drey.it.stock.class.path");
    }

    /** The class path of a cluster of another Flink. */
    static String matrixClassPath(String version) {
        try {
            return Files.readString(ofMatrix(version, "class-path.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The example programs, built against another Flink. */
    static Path matrixJobJar(String version) {
        return ofMatrix(version, "drey-it-jobs.jar");
    }

    private static Path ofMatrix(String version, String name) {
        return existing(
                Path.of(property("drey.it.matrix"), "flink-" + version, "target", name),
                "drey.it.matrix");
    }

    /** What a ZooKeeper server needs beside that. */
    static String zooKeeperClassPath() {
        return property("drey.it.zookeeper.class.path");
    }

    /** A program of the virtual machine that runs the suites. */
    public static String jdkTool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** The folder of that name, whether it is there or not. */
    static Path folder(String name) {
        return Path.of(property("drey.it.folder"), name);
    }

    /** An empty folder of that name; what an earlier run left there is gone. */
    public static Path emptyFolder(String name) {
        Path folder = folder(name);
        try {
            deleteRecursively(folder);
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of that name in the folder of what the build makes. */
    public static Path report(String name) {
        return Path.of(property("drey.it.folder")).resolveSibling(name);
    }

    private static void deleteRecursively(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> content;
        try (Stream<Path> paths = Files.walk(folder)) {
            content = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : content) {
            Files.delete(path);
        }
    }

    private static Path existing(String key) {
        return existing(Path.of(property(key)), key);
    }

    private static Path existing(Path file, String key) {
        Path path = file.toAbsolutePath().normalize();
        if (!Files.isRegularFile(path)) {
            throw new IllegalStateException(
                    "%s is missing (%s): run mvn package first".formatted(path, key));
        }
        return path;
    }

    private static String property(String key) {
        String value = System.getProperty(key);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException("The build did not set the system property " + key);
        }
        return value;
    }

    private Artifacts() {}
}
