package dev.drey.it.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The packaged server in its embedded mode. */
public final class DreyCluster implements Cluster, AutoCloseable {

    private final DreyProcess process;
    private final URI uri;
    private final Path uploads;

    private DreyCluster(DreyProcess process, URI uri, Path uploads) {
        this.process = process;
        this.uri = uri;
        this.uploads = uploads;
    }

    static DreyCluster start() throws Exception {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "rest.flamegraph.enabled=true",
                                "rest.flamegraph.num-samples=5",
                                "rest.profiling.enabled=true"));
        options.addAll(Clusters.FRESH);
        return start("drey", options.toArray(String[]::new));
    }

    /**
     * Starts one that is configured in its own way.
     *
     * @param name of the folder that all its files go to
     * @param options each {@code key=value}
     */
    public static DreyCluster start(String name, String... options) throws Exception {
        Path folder = Artifacts.emptyFolder(name);
        Path uploads = folder.resolve("uploads");
        List<String> arguments = new ArrayList<>();
        arguments.add("-Drest.bind-port=0");
        arguments.add("-Dweb.upload.dir=" + uploads);
        Arrays.stream(options).map(option -> "-D" + option).forEach(arguments::add);
        DreyProcess process = DreyProcess.start(folder, arguments.toArray(String[]::new));
        try {
            return new DreyCluster(
                    process, process.awaitReady(), uploads.resolve("flink-web-upload"));
        } catch (Exception | AssertionError e) {
            process.close();
            throw e;
        }
    }

    @Override
    public URI uri() {
        return uri;
    }

    /** Where uploaded jars lie. */
    public Path uploadFolder() {
        return uploads;
    }

    /** The virtual machine it runs in. */
    public JavaProcess virtualMachine() {
        return new JavaProcess(process.pid());
    }

    @Override
    public void close() {
        process.terminate();
    }
}
