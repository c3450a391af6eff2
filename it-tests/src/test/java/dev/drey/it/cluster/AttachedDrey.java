package dev.drey.it.cluster;

import java.net.URI;

/** The packaged server, attached to a cluster that is Flink as it is. */
public final class AttachedDrey implements Cluster, AutoCloseable {

    private final StockCluster cluster;
    private final DreyProcess drey;
    private final URI uri;

    private AttachedDrey(StockCluster cluster, DreyProcess drey, URI uri) {
        this.cluster = cluster;
        this.drey = drey;
        this.uri = uri;
    }

    static AttachedDrey start() throws Exception {
        StockCluster cluster = StockCluster.start("attached-to");
        try {
            DreyProcess drey =
                    DreyProcess.start(
                            "drey-attached", cluster.attachArguments().toArray(String[]::new));
            try {
                AttachedDrey attached = new AttachedDrey(cluster, drey, drey.awaitReady());
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
