package dev.drey.it.cluster;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** ZooKeeper, and the configuration of JobManagers and clients that meet there. */
public final class HighAvailability implements AutoCloseable {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
    private static final Duration LONGEST_LIST = Duration.ofSeconds(60);

    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 30_000;
    private static final int MOST_ATTEMPTS = 100;

    private final Path folder;
    private final int port;
    private ChildProcess zooKeeper;
    private final Map<String, ChildProcess> taskManagers = new HashMap<>();
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
                                "high-availability.zookeeper.client.session-timeout: 5s",
                                "high-availability.cluster-id: " + name,
                                "high-availability.storageDir: "
                                        + Artifacts.folder(name).resolve("ha").toUri(),
                                "drey.read.timeout: 4s"));
        configuration.addAll(Arrays.asList(more));
        Path folder = StockProcess.configure(name, configuration.toArray(String[]::new));
        // Where Flink's command line looks for it, seen from where it is started.
        Path conf = Files.createDirectory(folder.resolve("conf"));
        Files.copy(folder.resolve("config.yaml"), conf.resolve("config.yaml"));
        return new HighAvailability(folder, port);
    }

    /** Starts ZooKeeper, which goes on with what it had if it was stopped. */
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
                        "org.apache.zookeeper.server.ZooKeeperServerMain",
                        Artifacts.zooKeeperClassPath(),
                        List.of("-Xmx64m"),
                        List.of(settings.toString()));
    }

    /** Ends ZooKeeper. */
    public void stopZooKeeper() {
        zooKeeper.terminate(LONGEST_STOP);
    }

    /**
     * The packaged server as a JobManager.
     *
     * @param arguments more of them
     */
    public DreyProcess jobManager(String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of("jobmanager", "--configDir", folder.toString()));
        all.addAll(Arrays.asList(arguments));
        return DreyProcess.start(folder.getFileName() + "-" + name, all.toArray(String[]::new));
    }

    /** The packaged server, attached to whoever leads. */
    public DreyProcess attach() {
        return DreyProcess.start(
                folder.getFileName() + "-attached", "attach", "--configDir", folder.toString());
    }

    /** Starts a task manager, which belongs to whoever leads. */
    public void startTaskManager() {
        startTaskManager("taskmanager");
    }

    /** Starts one of several, which belong to whoever leads: the cluster knows it by its name. */
    public void startTaskManager(String name) {
        taskManagers.put(
                name,
                StockProcess.taskManager(folder, name, "-D", "taskmanager.resource-id=" + name));
    }

    /** Kills one of several. */
    public void killTaskManager(String name) {
        taskManagers.get(name).close();
    }

    /** Starts ZooKeeper and each task manager again if it has ended. */
    public void mend() throws IOException {
        if (!zooKeeper.isAlive()) {
            startZooKeeper();
        }
        for (Map.Entry<String, ChildProcess> taskManager : taskManagers.entrySet()) {
            if (!taskManager.getValue().isAlive()) {
                startTaskManager(taskManager.getKey());
            }
        }
    }

    /** Fails at once if ZooKeeper or a task manager has ended. */
    public void requireAlive() {
        zooKeeper.requireAlive();
        taskManagers.values().forEach(ChildProcess::requireAlive);
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
        taskManagers.values().forEach(ChildProcess::close);
        if (zooKeeper != null) {
            zooKeeper.close();
        }
    }

    /**
     * A port for a process that goes and comes back. It is none that a system gives to connections,
     * which would take it meanwhile.
     */
    public static int freePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (ServerSocket socket =
                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
