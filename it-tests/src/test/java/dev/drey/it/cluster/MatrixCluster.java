package dev.drey.it.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A stock cluster of another Flink than the one that Drey is built against. */
public final class MatrixCluster implements Cluster, AutoCloseable {

    /** Otherwise whoever waits for what a job does waits for what is kept of it, too. */
    private static final Duration REFRESH_INTERVAL = Duration.ofMillis(100);

    private final StockCluster stock;

    private MatrixCluster(StockCluster stock) {
        this.stock = stock;
    }

    /**
     * Starts one.
     *
     * @param name of the folder that its files go to
     * @param configuration more of it, a line each
     */
    public static MatrixCluster start(FlinkRelease release, String name, String... configuration)
            throws Exception {
        List<String> lines = new ArrayList<>(Arrays.asList(configuration));
        lines.add("web.refresh-interval: " + REFRESH_INTERVAL.toMillis());
        return new MatrixCluster(StockCluster.start(release, name, lines.toArray(String[]::new)));
    }

    @Override
    public URI uri() {
        return stock.uri();
    }

    @Override
    public String flinkVersion() {
        return stock.flinkVersion();
    }

    @Override
    public Duration refreshInterval() {
        return REFRESH_INTERVAL;
    }

    @Override
    public Path jobJar() {
        return stock.jobJar();
    }

    @Override
    public void close() {
        stock.close();
    }
}
