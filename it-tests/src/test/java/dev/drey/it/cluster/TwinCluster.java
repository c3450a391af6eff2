package dev.drey.it.cluster;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Drey, and Flink's own endpoint in the same process: two views of one cluster. */
public final class TwinCluster implements Cluster, AutoCloseable {

    private static final List<String> JOB_MANAGER =
            List.of(
                    "jobmanager.rpc.address=127.0.0.1",
                    "jobmanager.bind-host=127.0.0.1",
                    "jobmanager.rpc.port=0",
                    "rest.bind-address=127.0.0.1");

    private final DreyProcess process;
    private final List<ChildProcess> taskManagers;
    private final URI drey;
    private final URI flink;
    private final List<String> routes;

    private TwinCluster(
            DreyProcess process,
            List<ChildProcess> taskManagers,
            URI drey,
            URI flink,
            List<String> routes) {
        this.process = process;
        this.taskManagers = List.copyOf(taskManagers);
        this.drey = drey;
        this.flink = flink;
        this.routes = List.copyOf(routes);
    }

    /** Starts them over the cluster of Drey's embedded mode. */
    public static TwinCluster embedded(String... options) throws Exception {
        Path folder = Artifacts.emptyFolder("twin-embedded");
        return start(folder, process(folder, "embedded", options), List.of());
    }

    /** Starts them over a JobManager of Drey, and a stock task manager in a process of its own. */
    public static TwinCluster jobManager(String... options) throws Exception {
        Path folder = Artifacts.emptyFolder("twin-jobmanager");
        Path stock = StockProcess.configure("twin-taskmanager");
        DreyProcess process =
                process(
                        folder,
                        "jobmanager",
                        Stream.concat(JOB_MANAGER.stream(), Arrays.stream(options))
                                .toArray(String[]::new));
        List<ChildProcess> taskManagers = new ArrayList<>();
        try {
            taskManagers.add(
                    StockProcess.taskManager(
                            stock,
                            "taskmanager",
                            "-D",
                            "jobmanager.rpc.port=" + StockProcess.rpcPort(process.process())));
            return start(folder, process, taskManagers);
        } catch (Exception | AssertionError e) {
            taskManagers.forEach(ChildProcess::close);
            process.close();
            throw e;
        }
    }

    private static DreyProcess process(Path folder, String mode, String... options) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                mode,
                                "-Drest.bind-port=0",
                                "-Dweb.upload.dir=" + folder.resolve("uploads")));
        Arrays.stream(options).map(option -> "-D" + option).forEach(arguments::add);
        return DreyProcess.start(
                folder,
                List.of(
                        "-Xmx512m",
                        "-javaagent:%s=%s".formatted(Artifacts.twinAgent(), announcement(folder))),
                arguments.toArray(String[]::new));
    }

    private static TwinCluster start(
            Path folder, DreyProcess process, List<ChildProcess> taskManagers) throws Exception {
        try {
            URI drey = process.awaitReady();
            List<String> announced =
                    Await.until(
                            "Flink's endpoint is announced",
                            () ->
                                    Files.exists(announcement(folder))
                                            ? Optional.of(Files.readAllLines(announcement(folder)))
                                            : Optional.empty());
            return new TwinCluster(
                    process,
                    taskManagers,
                    drey,
                    URI.create(announced.get(0)),
                    announced.subList(1, announced.size()));
        } catch (Exception | AssertionError e) {
            process.close();
            throw e;
        }
    }

    private static Path announcement(Path folder) {
        return folder.resolve("flink-endpoint");
    }

    @Override
    public URI uri() {
        return drey;
    }

    /** Where Flink's own endpoint is. */
    public URI flink() {
        return flink;
    }

    /** What Flink's own endpoint serves: method and path, with parameters as {@code :name}. */
    public List<String> routes() {
        return routes;
    }

    @Override
    public void close() {
        taskManagers.forEach(ChildProcess::close);
        process.terminate();
    }
}
