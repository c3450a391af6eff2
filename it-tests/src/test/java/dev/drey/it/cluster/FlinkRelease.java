package dev.drey.it.cluster;

import java.nio.file.Path;

/**
 * A version of Flink that stock clusters are started of.
 *
 * @param version as it names itself
 * @param classPath of its processes
 * @param jobJar the example programs, built against it
 */
public record FlinkRelease(String version, String classPath, Path jobJar) {

    /** The one that Drey is built against. */
    static FlinkRelease newest() {
        return new FlinkRelease(
                Cluster.NEWEST_FLINK, Artifacts.stockClassPath(), Artifacts.jobJar());
    }

    /** One of those that the build makes ready with the profile {@code matrix}. */
    public static FlinkRelease ofMatrix(String version) {
        return new FlinkRelease(
                version, Artifacts.matrixClassPath(version), Artifacts.matrixJobJar(version));
    }

    /** The name of the file that its processes read their configuration from. */
    String configurationFile() {
        return version.startsWith("1.18.") ? "flink-conf.yaml" : "config.yaml";
    }
}
