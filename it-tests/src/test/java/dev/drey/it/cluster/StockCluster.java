package dev.drey.it.cluster;

import java.net.URI;
import java.util.List;

/** Flink as it is: a JobManager and a task manager in two processes, and none of our code. */
public final class StockCluster implements Cluster, AutoCloseable {

    private static final List<String> FLAGS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:MaxMetaspaceSize=256m");

    private final ProcessCluster processes;

    private StockCluster(ProcessCluster processes) {
        this.processes = processes;
    }

    static StockCluster start() throws Exception {
        return new StockCluster(
                ProcessCluster.start(
                        ProcessCluster.JobManager.STOCK, "stock", FLAGS, 1, List.of()));
    }

    @Override
    public URI uri() {
        return processes.uri();
    }

    @Override
    public void close() {
        processes.close();
    }
}
