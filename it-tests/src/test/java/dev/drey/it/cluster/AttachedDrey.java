package dev.drey.it.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged server, attached to a cluster that is Flink as it is. */
public final class AttachedDrey implements Cluster, AutoCloseable {

    private final StockCluster cluster;
    private final DreyProcess drey;
    private final Path uploads;
    private final URI uri;

    private AttachedDrey(StockCluster cluster, DreyProcess drey, Path uploads, URI uri) {
        this.cluster = cluster;
        this.drey = drey;
        this.uploads = uploads;
        this.uri = uri;
    }

    /**
     * Attaches one to {@code cluster}, which is closed with it.
     *
     * @param name of the folder that all its files go to
     */
    public static AttachedDrey start(String name, StockCluster cluster) throws Exception {
        try {
            Path folder = Artifacts.emptyFolder(name);
            Path uploads = folder.resolve("uploads");
            List<String> arguments = new ArrayList<>(cluster.attachArguments());
            arguments.addAll(List.of("-D", "web.upload.dir=" + uploads));
            DreyProcess drey = DreyProcess.start(folder, arguments.toArray(String[]::new));
            try {
                AttachedDrey attached = new AttachedDrey(cluster, drey, uploads, drey.awaitReady());
                Await.slots(attached, drey.process());
                return attached;
            } catch (Exception | AssertionError e) {
                drey.close();
                throw e;
            }
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public URI uri() {
        return uri;
    }

    /** Where the jars lie that were uploaded to it. */
    public Path uploadFolder() {
        return uploads.resolve("flink-web-upload");
    }

    /** What it is attached to. */
    public StockCluster cluster() {
        return cluster;
    }

    @Override
    public void close() {
        try (cluster) {
            drey.terminate();
        }
    }
}
