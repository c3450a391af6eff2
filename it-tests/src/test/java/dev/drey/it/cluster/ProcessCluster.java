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
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JobManager, stock Flink's or Drey, and stock task managers: each a process of its own. */
public final class ProcessCluster implements Cluster, AutoCloseable {

    /** Of each task manager. */
    public static final int SLOTS = 4;

    private static final String LOGGING = "log4j2.properties";
    private static final String STOCK_JOB_MANAGER =
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER =
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
    private static final Pattern STOCK_READY =
            Pattern.compile("Rest endpoint listening at (\\S+)\\R");
    private static final Pattern DREY_READY = Pattern.compile("Drey is ready at http://(\\S+)\\R");
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
                    "taskmanager.numberOfTaskSlots: " + SLOTS,
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

    private static final List<String> TASK_MANAGER_FLAGS =
            List.of(
                    "-Xmx320m",
                    "-XX:MaxDirectMemorySize=192m",
                    "-XX:+UseSerialGC",
                    "-XX:MaxMetaspaceSize=256m");

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

    private final List<ChildProcess> processes;
    private final URI uri;

    private ProcessCluster(List<ChildProcess> processes, URI uri) {
        this.processes = processes;
        this.uri = uri;
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
     * @param flags of the JobManager's virtual machine
     * @param configuration lines of {@code config.yaml} beside those that every cluster has
     */
    public static ProcessCluster start(
            JobManager kind,
            String name,
            List<String> flags,
            int taskManagers,
            List<String> configuration)
            throws Exception {
        Path folder = configured(name, configuration);
        List<ChildProcess> started = new ArrayList<>();
        try {
            ChildProcess jobManager =
                    launch(
                            folder,
                            "jobmanager",
                            flags,
                            kind == JobManager.STOCK
                                    ? stock(folder, STOCK_JOB_MANAGER)
                                    : List.of(
                                            "-jar",
                                            Artifacts.serverJar().toString(),
                                            "jobmanager"));
            started.add(jobManager);
            String endpoint =
                    kind == JobManager.STOCK
                            ? logged(jobManager, STOCK_READY)
                            : told(jobManager, jobManager::output, DREY_READY);
            String rpcPort = logged(jobManager, RPC_PORT);
            for (int number = 1; number <= taskManagers; number++) {
                started.add(
                        launch(
                                folder,
                                "taskmanager-" + number,
                                TASK_MANAGER_FLAGS,
                                stock(folder, TASK_MANAGER),
                                "-D",
                                "jobmanager.rpc.port=" + rpcPort));
            }
            ProcessCluster cluster = new ProcessCluster(started, URI.create("http://" + endpoint));
            cluster.awaitSlots(taskManagers * SLOTS);
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

    /** Fails at once if one of its processes has ended. */
    public void requireAlive() {
        processes.forEach(ChildProcess::requireAlive);
    }

    /** Kills it: asked politely, it may wait for minutes until someone reads what it keeps. */
    @Override
    public void close() {
        processes.forEach(ChildProcess::close);
    }

    private static Path configured(String name, List<String> configuration) throws IOException {
        Path folder = Artifacts.emptyFolder(name);
        Files.createDirectory(folder.resolve("tmp"));
        Files.createDirectory(folder.resolve("log"));
        Files.write(
                folder.resolve("config.yaml"),
                Stream.concat(CONFIGURATION.stream(), configuration.stream()).toList());
        try (InputStream settings = ProcessCluster.class.getResourceAsStream("stock-" + LOGGING)) {
            Files.copy(settings, folder.resolve(LOGGING));
        }
        return folder;
    }

    private static List<String> stock(Path folder, String mainClass) {
        return List.of(
                "-Dlog4j.configurationFile=" + folder.resolve(LOGGING).toUri(),
                "-cp",
                Artifacts.stockClassPath(),
                mainClass);
    }

    private static ChildProcess launch(
            Path folder,
            String name,
            List<String> flags,
            List<String> program,
            String... arguments) {
        Path log = folder.resolve("log").resolve(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(Artifacts.jdkTool("java"));
        command.addAll(flags);
        OPENED.forEach(opened -> command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"));
        command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        command.add("-Dlog.file=" + log);
        command.addAll(program);
        command.addAll(List.of("--configDir", folder.toString()));
        command.addAll(Arrays.asList(arguments));
        return ChildProcess.start(name, folder, log, command);
    }

    private static String logged(ChildProcess process, Pattern pattern) throws Exception {
        return told(process, process::log, pattern);
    }

    private static String told(ChildProcess process, Supplier<String> text, Pattern pattern)
            throws Exception {
        return Await.until(
                "'%s' is told".formatted(pattern),
                () -> {
                    process.requireAlive();
                    Matcher matcher = pattern.matcher(text.get());
                    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
                });
    }

    private void awaitSlots(int expected) throws Exception {
        try (FlinkMonitoringClient flink = client()) {
            Await.untilTrue(
                    "all task managers are registered",
                    () -> {
                        requireAlive();
                        // Without a leader yet, the answer is a failure.
                        return flink.cluster()
                                .overview()
                                .thenApply(overview -> overview.slotsTotal() == expected)
                                .exceptionally(failure -> false)
                                .get();
                    });
        }
    }
}
