package dev.drey.it.cluster;

import dev.drey.client.transport.TlsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Flink as it is: a JobManager and a task manager in two processes, and none of our code. */
public final class StockCluster implements Cluster, AutoCloseable {

    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    private final FlinkRelease release;
    private final Path folder;
    private final ChildProcess taskManager;
    private final URI uri;
    private final String rpcPort;
    private final TlsSettings tls;
    private ChildProcess jobManager;
    private int restarts;

    private StockCluster(
            FlinkRelease release,
            Path folder,
            ChildProcess jobManager,
            ChildProcess taskManager,
            URI uri,
            String rpcPort,
            TlsSettings tls) {
        this.release = release;
        this.folder = folder;
        this.jobManager = jobManager;
        this.taskManager = taskManager;
        this.uri = uri;
        this.rpcPort = rpcPort;
        this.tls = tls;
    }

    /**
     * Starts it, and returns when a job that is run at once finds slots.
     *
     * @param configuration more of it, a line each
     */
    public static StockCluster start(String name, String... configuration) throws Exception {
        return start(FlinkRelease.newest(), name, configuration);
    }

    /** Starts one of that version of Flink. */
    public static StockCluster start(FlinkRelease release, String name, String... configuration)
            throws Exception {
        Path folder = StockProcess.configure(release, name, configuration);
        return start(
                release,
                folder,
                StockProcess.jobManager(release, folder, "jobmanager"),
                Optional.empty());
    }

    /** Starts one that speaks TLS with the server's key, and authenticates its clients. */
    public static StockCluster start(String name, TlsStores stores) throws Exception {
        Path folder = StockProcess.configure(name, stores.configuration("server"));
        return start(
                FlinkRelease.newest(),
                folder,
                StockProcess.jobManager(folder, "jobmanager"),
                Optional.of(stores));
    }

    /** Starts one in reactive mode, in which a job takes all slots. */
    public static StockCluster reactive(String name) throws Exception {
        Path folder =
                StockProcess.configure(
                        name, "scheduler-mode: reactive", "jobmanager.scheduler: Adaptive");
        return start(
                FlinkRelease.newest(),
                folder,
                StockProcess.jobManager(
                        folder, "jobmanager", ReactiveSession.class, Artifacts.testClasses()),
                Optional.empty());
    }

    private static StockCluster start(
            FlinkRelease release, Path folder, ChildProcess jobManager, Optional<TlsStores> stores)
            throws Exception {
        List<ChildProcess> started = new ArrayList<>(List.of(jobManager));
        try {
            URI uri = StockProcess.endpoint(jobManager, stores.isPresent() ? "https" : "http");
            TlsSettings tls =
                    stores.isPresent()
                            ? TlsSettings.of(stores.get().client())
                            : TlsSettings.DEFAULT;
            String rpcPort = StockProcess.rpcPort(jobManager);
            ChildProcess taskManager =
                    StockProcess.taskManager(
                            release, folder, "taskmanager", "-D", "jobmanager.rpc.port=" + rpcPort);
            started.add(taskManager);
            StockCluster cluster =
                    new StockCluster(release, folder, jobManager, taskManager, uri, rpcPort, tls);
            Await.slots(cluster, jobManager, taskManager);
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

    @Override
    public String flinkVersion() {
        return release.version();
    }

    @Override
    public Path jobJar() {
        return release.jobJar();
    }

    @Override
    public TlsSettings tls() {
        return tls;
    }

    /** What Drey needs to know to attach to it, and to be somewhere else than it. */
    public List<String> attachArguments() {
        return List.of(
                "attach",
                "--configDir",
                folder.toString(),
                "-D",
                "jobmanager.rpc.port=" + rpcPort,
                "-D",
                "rest.port=" + uri.getPort(),
                "-D",
                "rest.bind-port=0");
    }

    /** Kills the JobManager, as nothing that may still say goodbye. */
    public void killJobManager() {
        jobManager.close();
    }

    /** Starts the JobManager again, where it was; it knows nothing of what it did before. */
    public void restartJobManager() {
        restarts++;
        jobManager =
                StockProcess.jobManager(
                        release,
                        folder,
                        "jobmanager-" + restarts,
                        "-D",
                        "jobmanager.rpc.port=" + rpcPort,
                        "-D",
                        "rest.bind-port=" + uri.getPort());
    }

    /** Waits for the end of the JobManager, and returns its exit code. */
    public int awaitEnd() {
        return jobManager.awaitExit(LONGEST_END);
    }

    @Override
    public void close() {
        // Asked politely, it may wait for minutes until someone reads the results it keeps.
        try (ChildProcess last = jobManager) {
            taskManager.close();
        }
    }
}
