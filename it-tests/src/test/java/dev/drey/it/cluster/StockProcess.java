package dev.drey.it.cluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Processes of Flink as it is. */
final class StockProcess {

    /** Of each task manager. */
    static final int SLOTS = 4;

    /** Options of the virtual machines of all clusters, which the dashboard shows. */
    static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:MaxMetaspaceSize=256m");

    private static final String LOGGING = "log4j2.properties";

    /**
     * In a distribution of Flink a shell script computes a task manager's memory; without it, all
     * of these must be there.
     */
    private static final List<String> TASK_MANAGER =
            List.of(
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

    private static final List<String> JOB_MANAGER =
            List.of(
                    "rest.address: 127.0.0.1",
                    "rest.bind-address: 127.0.0.1",
                    "rest.bind-port: 0",
                    "jobmanager.rpc.address: 127.0.0.1",
                    "jobmanager.bind-host: 127.0.0.1",
                    "jobmanager.rpc.port: 0",
                    "rest.flamegraph.enabled: true",
                    "rest.flamegraph.num-samples: 5",
                    "rest.profiling.enabled: true");

    private static final String JOB_MANAGER_CLASS =
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final Pattern REST_ADDRESS =
            Pattern.compile("Rest endpoint listening at (\\S+)\\R");
    private static final Pattern RPC_PORT =
            Pattern.compile("Actor system started at pekko\\.tcp://flink@[^:]+:(\\d+)\\R");

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

    /** A folder with the configuration of a cluster on the loopback interface. */
    static Path configure(String name, String... more) {
        return configure(FlinkRelease.newest(), name, more);
    }

    /** One for that version of Flink. */
    static Path configure(FlinkRelease release, String name, String... more) {
        Path folder = Artifacts.emptyFolder(name);
        List<String> configuration = new ArrayList<>(JOB_MANAGER);
        configuration.addAll(TASK_MANAGER);
        configuration.addAll(Arrays.asList(more));
        try (InputStream settings = StockProcess.class.getResourceAsStream("stock-" + LOGGING)) {
            Files.createDirectory(folder.resolve("stock-tmp"));
            Files.write(folder.resolve(release.configurationFile()), configuration);
            Files.copy(settings, folder.resolve(LOGGING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    static ChildProcess jobManager(Path folder, String name, String... arguments) {
        return jobManager(FlinkRelease.newest(), folder, name, arguments);
    }

    static ChildProcess jobManager(
            FlinkRelease release, Path folder, String name, String... arguments) {
        return run(
                folder,
                name,
                JOB_MANAGER_CLASS,
                release.classPath(),
                small("-Xmx256m"),
                withConfiguration(folder, arguments));
    }

    /** One of another main class, which is found in {@code classPath}. */
    static ChildProcess jobManager(Path folder, String name, Class<?> program, Path classPath) {
        return launch(
                folder,
                name,
                program.getName(),
                classPath.toString(),
                List.of("-Xmx256m"),
                withConfiguration(folder));
    }

    /** With a virtual machine that has these options, and no others that make a difference. */
    static ChildProcess jobManager(Path folder, String name, List<String> options) {
        return run(
                folder,
                name,
                JOB_MANAGER_CLASS,
                Artifacts.stockClassPath(),
                options,
                withConfiguration(folder));
    }

    static ChildProcess taskManager(Path folder, String name, String... arguments) {
        return taskManager(FlinkRelease.newest(), folder, name, arguments);
    }

    static ChildProcess taskManager(
            FlinkRelease release, Path folder, String name, String... arguments) {
        return run(
                folder,
                name,
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                release.classPath(),
                small("-Xmx320m", "-XX:MaxDirectMemorySize=192m"),
                withConfiguration(folder, arguments));
    }

    /** Any main class of the class path of a stock cluster. */
    static ChildProcess launch(
            Path folder,
            String name,
            String mainClass,
            List<String> options,
            List<String> arguments) {
        return launch(folder, name, mainClass, "", options, arguments);
    }

    /** Any main class of {@code classPath}, with that of a stock cluster behind it. */
    static ChildProcess launch(
            Path folder,
            String name,
            String mainClass,
            String classPath,
            List<String> options,
            List<String> arguments) {
        String stock = Artifacts.stockClassPath();
        return run(
                folder,
                name,
                mainClass,
                classPath.isEmpty() ? stock : classPath + File.pathSeparator + stock,
                small(options.toArray(String[]::new)),
                arguments);
    }

    private static List<String> small(String... options) {
        List<String> small = new ArrayList<>(Arrays.asList(options));
        small.addAll(SMALL);
        return small;
    }

    private static ChildProcess run(
            Path folder,
            String name,
            String mainClass,
            String classPath,
            List<String> options,
            List<String> arguments) {
        Path log = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(Artifacts.jdkTool("java"));
        command.addAll(options);
        OPENED.forEach(opened -> command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"));
        command.add("-Djava.io.tmpdir=" + folder.resolve("stock-tmp"));
        command.add("-Dlog.file=" + log);
        command.add("-Dlog4j.configurationFile=" + folder.resolve(LOGGING).toUri());
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.addAll(arguments);
        return ChildProcess.start(name, folder, log, command);
    }

    /** Where a JobManager's endpoint is, as soon as it is there. */
    static URI endpoint(ChildProcess jobManager) throws Exception {
        return endpoint(jobManager, "http");
    }

    static URI endpoint(ChildProcess jobManager, String scheme) throws Exception {
        return URI.create(scheme + "://" + logged(jobManager, REST_ADDRESS));
    }

    /** The port at which task managers reach a JobManager, as soon as it has one. */
    static String rpcPort(ChildProcess jobManager) throws Exception {
        return logged(jobManager, RPC_PORT);
    }

    /** What the first group of {@code pattern} is in its log, as soon as that is there. */
    static String logged(ChildProcess process, Pattern pattern) throws Exception {
        return Await.until(
                "the log has '%s'".formatted(pattern),
                () -> {
                    process.requireAlive();
                    Matcher matcher = pattern.matcher(process.log());
                    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
                });
    }

    private static List<String> withConfiguration(Path folder, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--configDir", folder.toString()));
        all.addAll(Arrays.asList(arguments));
        return all;
    }

    private StockProcess() {}
}
