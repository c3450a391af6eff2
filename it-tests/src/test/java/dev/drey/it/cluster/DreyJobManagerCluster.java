package dev.drey.it.cluster;

import java.net.URI;
import java.nio.file.Path;

/** The packaged server as a JobManager, and a task manager that is Flink as it is. */
public final class DreyJobManagerCluster implements Cluster, AutoCloseable {

    private final DreyProcess jobManager;
    private final ChildProcess taskManager;
    private final URI uri;

    private DreyJobManagerCluster(DreyProcess jobManager, ChildProcess taskManager, URI uri) {
        this.jobManager = jobManager;
        this.taskManager = taskManager;
        this.uri = uri;
    }

    /**
     * Starts one.
     *
     * @param name of the folder that all its files go to
     * @param configuration more of it, a line each
     */
    public static DreyJobManagerCluster start(String name, String... configuration)
            throws Exception {
        Path folder = StockProcess.configure(name, configuration);
        DreyProcess jobManager =
                DreyProcess.start(folder, "jobmanager", "--configDir", folder.toString());
        try {
            URI uri = jobManager.awaitReady();
            String rpcPort = StockProcess.rpcPort(jobManager.process());
            ChildProcess taskManager =
                    StockProcess.taskManager(
                            folder, "taskmanager", "-D", "jobmanager.rpc.port=" + rpcPort);
            DreyJobManagerCluster cluster = new DreyJobManagerCluster(jobManager, taskManager, uri);
            try {
                Await.slots(cluster, jobManager.process(), taskManager);
                return cluster;
            } catch (Exception | AssertionError e) {
                taskManager.close();
                throw e;
            }
        } catch (Exception | AssertionError e) {
            jobManager.close();
            throw e;
        }
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        try (taskManager) {
            jobManager.terminate();
        }
    }
}
