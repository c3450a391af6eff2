package dev.drey.it.cluster;

import java.net.URI;
import java.nio.file.Path;

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
        Path folder = Artifacts.emptyFolder("drey");
        Path uploads = folder.resolve("uploads");
        DreyProcess process =
                DreyProcess.start(
                        folder,
                        "-D",
                        "rest.bind-port=0",
                        "-D",
                        "web.upload.dir=" + uploads,
                        "-D",
                        "rest.flamegraph.enabled=true",
                        "-D",
                        "rest.flamegraph.num-samples=5",
                        "-D",
                        "rest.profiling.enabled=true");
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
