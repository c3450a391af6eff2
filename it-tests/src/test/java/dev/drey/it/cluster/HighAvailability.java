package dev.drey.it.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** ZooKeeper, and the configuration of JobManagers and clients that meet there. */
public final class HighAvailability implements AutoCloseable {

    private static final Duration LONGEST_LIST = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private ChildProcess zooKeeper;
    private ChildProcess taskManager;
    private int lists;

    private HighAvailability(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts nothing yet.
     *
     * @param more lines of the configuration
     */
    public static HighAvailability configure(String name, String... more) throws IOException {
        int port = freePort();
        List<String> configuration =
                new ArrayList<>(
                        List.of(
                                "high-availability.type: zookeeper",
                                "high-availability.zookeeper.quorum: 127.0.0.1:" + port,
                                "high-availability.zookeeper.client.session-timeout: 10s",
                                "high-availability.cluster-id: " + name,
                                "high-availability.storageDir: "
                                        + Artifacts.folder(name).resolve("ha").toUri(),
                                "drey.read.timeout: 2s"));
        configuration.addAll(Arrays.asList(more));
        Path folder = StockProcess.configure(name, configuration.toArray(String[]::new));
        // Where Flink's command line looks for it, seen from where it is started.
        Path conf = Files.createDirectory(folder.resolve("conf"));
        Files.copy(folder.resolve("config.yaml"), conf.resolve("config.yaml"));
        return new HighAvailability(folder, port);
    }

    /** Starts ZooKeeper. */
    public void startZooKeeper() throws IOException {
        Path settings = folder.resolve("zoo.cfg");
        Files.write(
                settings,
                List.of(
                        "clientPort=" + port,
                        "clientPortAddress=127.0.0.1",
                        "dataDir=" + folder.resolve("zookeeper-data"),
                        "tickTime=500",
                        "admin.enableServer=false"));
        zooKeeper =
                StockProcess.launch(
                        folder,
                        "zookeeper",
                        "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain",
                        List.of("-Xmx64m"),
                        List.of(settings.toString()));
    }

    /** The packaged server as a JobManager. */
    public DreyProcess jobManager(String name) {
        return DreyProcess.start(
                folder.getFileName() + "-" + name, "jobmanager", "--configDir", folder.toString());
    }

    /** The packaged server, attached to whoever leads. */
    public DreyProcess attach() {
        return DreyProcess.start(
                folder.getFileName() + "-attached", "attach", "--configDir", folder.toString());
    }

    /** Starts a task manager, which belongs to whoever leads. */
    public void startTaskManager() {
        taskManager = StockProcess.taskManager(folder, "taskmanager");
    }

    /** What Flink's command line says when it is asked for the jobs. */
    public String listedJobs() {
        lists++;
        try (ChildProcess list =
                StockProcess.launch(
                        folder,
                        "list-" + lists,
                        "org.apache.flink.client.cli.CliFrontend",
                        List.of("-Xmx128m"),
                        List.of("list"))) {
            list.awaitExit(LONGEST_LIST);
            return list.output();
        }
    }

    @Override
    public void close() {
        if (taskManager != null) {
            taskManager.close();
        }
        if (zooKeeper != null) {
            zooKeeper.close();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
