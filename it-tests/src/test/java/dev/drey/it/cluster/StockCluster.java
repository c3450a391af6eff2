package dev.drey.it.cluster;

import dev.drey.client.FlinkMonitoringClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Flink as it is: a JobManager and a task manager in two processes, and none of our code. */
public final class StockCluster implements Cluster, AutoCloseable {

    private static final String LOGGING = "log4j2.properties";
    private static final Pattern REST_PORT =
            Pattern.compile("Rest endpoint listening at (\\S+)\\R");
    private static final Pattern RPC_PORT =
            Pattern.compile("Actor system started at pekko\\.tcp://flink@[^:]+:(\\d+)\\R");

    /**
     * In a distribution of Flink a shell script computes a task manager's memory; without it, all
     * of these must be there.
     */
    private static final List<String> CONFIGURATION =
            List.of(
                    "rest.address: 127.0.0.1",
                    "rest.bind-address: 127.0.0.1",
                    "rest.bind-port: 0",
                    "jobmanager.rpc.address: 127.0.0.1",
                    "jobmanager.bind-host: 127.0.0.1",
                    "jobmanager.rpc.port: 0",
                    "taskmanager.host: 127.0.0.1",
                    "taskmanager.bind-host: 127.0.0.1",
                    "taskmanager.numberOfTaskSlots: 4",
                    "taskmanager.cpu.cores: 1.0",
                    "taskmanager.memory.framework.heap.size: 64m",
                    "taskmanager.memory.framework.off-heap.size: 64m",
                    "taskmanager.memory.task.heap.size: 128m",
                    "taskmanager.memory.task.off-heap.size: 0b",
                    "taskmanager.memory.network.min: 64m",
                    "taskmanager.memory.network.max: 64m",
                    "taskmanager.memory.managed.size: 32m",
                    "taskmanager.memory.jvm-metaspace.size: 128m",
                    "taskmanager.memory.jvm-overhead.min: 64m",
                    "taskmanager.memory.jvm-overhead.max: 64m");

    /** Packages that Flink's own configuration opens to it. */
    private static final List<String> OPENED =
            List.of(
                    "java.lang",
                    "java.lang.reflect",
                    "java.io",
                    "java.net",
                    "java.nio",
                    "java.text",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "java.util.concurrent.locks",
                    "sun.nio.ch");

    private final ChildProcess jobManager;
    private final ChildProcess taskManager;
    private final URI uri;

    private StockCluster(ChildProcess jobManager, ChildProcess taskManager, URI uri) {
        this.jobManager = jobManager;
        this.taskManager = taskManager;
        this.uri = uri;
    }

    static StockCluster start() throws Exception {
        Path folder = Artifacts.emptyFolder("stock");
        prepare(folder);
        List<ChildProcess> started = new ArrayList<>();
        try {
            ChildProcess jobManager =
                    launch(
                            folder,
                            "jobmanager",
                            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                            List.of("-Xmx256m"));
            started.add(jobManager);
            URI uri = URI.create("http://" + logged(jobManager, REST_PORT));
            ChildProcess taskManager = taskManager(folder, "taskmanager", rpcPort(jobManager));
            started.add(taskManager);
            StockCluster cluster = new StockCluster(jobManager, taskManager, uri);
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

    @Override
    public void close() {
        // Asked politely, it may wait for minutes until someone reads the results it keeps.
        try (jobManager) {
            taskManager.close();
        }
    }

    /** Writes what a process of the cluster reads. */
    static void prepare(Path folder) throws IOException {
        Files.createDirectory(folder.resolve("tmp"));
        Files.write(folder.resolve("config.yaml"), CONFIGURATION);
        try (InputStream settings = StockCluster.class.getResourceAsStream("stock-" + LOGGING)) {
            Files.copy(settings, folder.resolve(LOGGING));
        }
    }

    /**
     * Starts a task manager.
     *
     * @param folder a prepared one
     * @param rpcPort of its JobManager
     */
    static ChildProcess taskManager(Path folder, String name, String rpcPort) {
        return launch(
                folder,
                name,
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                List.of("-Xmx320m", "-XX:MaxDirectMemorySize=192m"),
                "-D",
                "jobmanager.rpc.port=" + rpcPort);
    }

    /** Where a JobManager listens, stock or not. */
    static String rpcPort(ChildProcess jobManager) throws Exception {
        return logged(jobManager, RPC_PORT);
    }

    private static ChildProcess launch(
            Path folder, String name, String mainClass, List<String> sizes, String... arguments) {
        Path log = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(Artifacts.jdkTool("java"));
        command.addAll(sizes);
        command.add("-XX:+UseSerialGC");
        command.add("-XX:MaxMetaspaceSize=256m");
        OPENED.forEach(opened -> command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"));
        command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        command.add("-Dlog.file=" + log);
        command.add("-Dlog4j.configurationFile=" + folder.resolve(LOGGING).toUri());
        command.addAll(List.of("-cp", Artifacts.stockClassPath(), mainClass));
        command.addAll(List.of("--configDir", folder.toString()));
        command.addAll(Arrays.asList(arguments));
        return ChildProcess.start(name, folder, log, command);
    }

    private static String logged(ChildProcess process, Pattern pattern) throws Exception {
        return Await.until(
                "the log has '%s'".formatted(pattern),
                () -> {
                    process.requireAlive();
                    Matcher matcher = pattern.matcher(process.log());
                    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
                });
    }

    private void awaitSlots() throws Exception {
        try (FlinkMonitoringClient flink = client()) {
            Await.untilTrue(
                    "the task manager is registered",
                    () -> {
                        jobManager.requireAlive();
                        taskManager.requireAlive();
                        // Without a leader yet, the answer is a failure.
                        return flink.cluster()
                                .overview()
                                .thenApply(overview -> overview.slotsTotal() > 0)
                                .exceptionally(failure -> false)
                                .get();
                    });
        }
    }
}
