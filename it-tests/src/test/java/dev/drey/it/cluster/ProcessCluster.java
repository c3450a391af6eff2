package dev.drey.it.cluster;

import dev.drey.client.FlinkMonitoringClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JobManager of either kind and several task managers: clusters that differ in nothing else. */
public final class ProcessCluster implements Cluster, AutoCloseable {

    private final List<ChildProcess> processes;
    private final URI uri;
    private final int slots;

    private ProcessCluster(List<ChildProcess> processes, URI uri, int slots) {
        this.processes = processes;
        this.uri = uri;
        this.slots = slots;
    }

    /** Whose JobManager it is. */
    public enum JobManager {
        /** Flink as it is, with none of our code. */
        STOCK,
        /** The packaged server. */
        DREY
    }

    /**
     * Starts one, and waits until all its slots are there.
     *
     * @param name of the folder that all its files go to
     * @param options of the JobManager's virtual machine
     * @param configuration lines of {@code config.yaml} beside those that every cluster has
     */
    public static ProcessCluster start(
            JobManager kind,
            String name,
            List<String> options,
            int taskManagers,
            String... configuration)
            throws Exception {
        Path folder = StockProcess.configure(name, configuration);
        List<ChildProcess> started = new ArrayList<>();
        try {
            URI uri =
                    switch (kind) {
                        case STOCK -> {
                            ChildProcess stock =
                                    StockProcess.jobManager(folder, "jobmanager", options);
                            started.add(stock);
                            yield StockProcess.endpoint(stock);
                        }
                        case DREY -> {
                            DreyProcess drey =
                                    DreyProcess.start(
                                            folder,
                                            options,
                                            "jobmanager",
                                            "--configDir",
                                            folder.toString());
                            started.add(drey.process());
                            yield drey.awaitReady();
                        }
                    };
            String rpcPort = StockProcess.rpcPort(started.get(0));
            for (int number = 1; number <= taskManagers; number++) {
                started.add(
                        StockProcess.taskManager(
                                folder,
                                "taskmanager-" + number,
                                "-D",
                                "jobmanager.rpc.port=" + rpcPort));
            }
            ProcessCluster cluster =
                    new ProcessCluster(started, uri, taskManagers * StockProcess.SLOTS);
            cluster.awaitSlots();
            return cluster;
        } catch (Exception | AssertionError e) {
            started.forEach(ChildProcess::close);
            throw e;
        }
    }

    @Override
    public URI uri() {
        return uri;
    }

    /** How many it has in all. */
    public int slots() {
        return slots;
    }

    /** Fails at once if one of its processes has ended. */
    public void requireAlive() {
        processes.forEach(ChildProcess::requireAlive);
    }

    /** Kills it: asked politely, it may wait for minutes until someone reads what it keeps. */
    @Override
    public void close() {
        processes.forEach(ChildProcess::close);
    }

    private void awaitSlots() throws Exception {
        try (FlinkMonitoringClient flink = client()) {
            Await.untilTrue(
                    "all %d slots are there".formatted(slots),
                    () -> {
                        requireAlive();
                        // Without a leader yet, the answer is a failure.
                        return flink.cluster()
                                .overview()
                                .thenApply(overview -> overview.slotsTotal() == slots)
                                .exceptionally(failure -> false)
                                .get();
                    });
        }
    }
}
