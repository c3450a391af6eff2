package dev.drey.server.modes;

import dev.drey.server.RestServer;
import dev.drey.server.Source;
import dev.drey.server.error.StartupException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.time.Deadline;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.entrypoint.ClusterEntrypointException;
import org.apache.flink.runtime.taskexecutor.TaskExecutorResourceUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.JvmShutdownSafeguard;
import org.apache.flink.util.concurrent.FutureUtils;
import org.apache.flink.util.concurrent.ScheduledExecutorServiceAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole Flink session cluster in this process: JobManager, one task manager, and the endpoint.
 */
public final class EmbeddedMode {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMode.class);

    private static final String LOOPBACK = "127.0.0.1";
    private static final int SLOTS = 4;
    private static final String TASK_OFF_HEAP = "128m";
    private static final Duration LONGEST_STOP = Duration.ofSeconds(9);
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration READY_POLL = Duration.ofMillis(50);

    private final SessionCluster cluster;

    private EmbeddedMode(SessionCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts the cluster, and returns when the first request can be answered.
     *
     * @throws StartupException if it cannot; its message is for the user
     */
    public static EmbeddedMode start(Configuration asked) throws StartupException {
        Configuration configuration = withDefaults(asked);
        SessionCluster cluster;
        try {
            cluster = new SessionCluster(configuration);
            cluster.startCluster();
        } catch (ClusterEntrypointException | RuntimeException e) {
            throw StartupFailures.explained(e);
        }
        JvmShutdownSafeguard.installAsShutdownHook(LOG, LONGEST_STOP.toMillis());
        EmbeddedMode mode = new EmbeddedMode(cluster);
        mode.requireNotStopping();
        mode.startTaskManager(configuration);
        mode.awaitCluster();
        return mode;
    }

    /** The endpoint. */
    public RestServer server() {
        return cluster.server();
    }

    /** Waits for the cluster to be shut down, and returns the exit code of the process. */
    public int awaitEnd() {
        int code;
        try {
            code = cluster.getTerminationFuture().join().processExitCode();
        } catch (CompletionException e) {
            LOG.error("The cluster ended with a failure", e);
            code = 1;
        }
        return code;
    }

    private static Configuration withDefaults(Configuration asked) {
        Configuration configuration = new Configuration(asked);
        setIfAbsent(configuration, RestOptions.BIND_ADDRESS.key(), LOOPBACK);
        setIfAbsent(configuration, JobManagerOptions.ADDRESS.key(), LOOPBACK);
        setIfAbsent(configuration, JobManagerOptions.BIND_HOST.key(), LOOPBACK);
        setIfAbsent(configuration, JobManagerOptions.PORT.key(), "0");
        setIfAbsent(configuration, TaskManagerOptions.HOST.key(), LOOPBACK);
        setIfAbsent(configuration, TaskManagerOptions.BIND_HOST.key(), LOOPBACK);
        setIfAbsent(configuration, TaskManagerOptions.NUM_TASK_SLOTS.key(), String.valueOf(SLOTS));
        Runtime machine = Runtime.getRuntime();
        setIfAbsent(
                configuration,
                TaskManagerOptions.CPU_CORES.key(),
                String.valueOf((double) machine.availableProcessors()));
        setIfAbsent(
                configuration,
                TaskManagerOptions.TASK_HEAP_MEMORY.key(),
                machine.maxMemory() + "b");
        setIfAbsent(configuration, TaskManagerOptions.TASK_OFF_HEAP_MEMORY.key(), TASK_OFF_HEAP);
        return configuration;
    }

    private static void setIfAbsent(Configuration configuration, String key, String value) {
        if (!configuration.containsKey(key)) {
            configuration.setString(key, value);
        }
    }

    /** A task manager that is started while the process ends would leave its files behind. */
    private void requireNotStopping() throws StartupException {
        if (cluster.stopping().isDone()) {
            throw new StartupException("Stopped while the cluster was starting");
        }
    }

    private void startTaskManager(Configuration configuration) throws StartupException {
        Configuration local =
                TaskExecutorResourceUtils.adjustForLocalExecution(new Configuration(configuration));
        local.set(JobManagerOptions.PORT, cluster.getRpcPort());
        try {
            new TaskManagerRunner(
                            local,
                            PluginUtils.createPluginManagerFromRootFolder(local),
                            TaskManagerRunner::createTaskExecutorService)
                    .start();
        } catch (Exception e) {
            throw StartupFailures.explained(e);
        }
    }

    /** A program that is run at once finds slots. */
    private void awaitCluster() throws StartupException {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            cluster.leaders()
                    .thenCompose(leaders -> registeredTaskManager(scheduler))
                    .get(READY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            requireNotStopping();
            throw new StartupException(
                    "The cluster was not ready within %d s: the log says why"
                            .formatted(READY_TIMEOUT.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted while the cluster was starting", e);
        } finally {
            scheduler.shutdownNow();
        }
    }

    private CompletableFuture<?> registeredTaskManager(ScheduledExecutorService scheduler) {
        return FutureUtils.retrySuccessfulWithDelay(
                () -> new Source.TaskManagers().fetch(cluster.gateways(), READY_TIMEOUT),
                READY_POLL,
                Deadline.fromNow(READY_TIMEOUT),
                taskManagers -> !taskManagers.isEmpty(),
                new ScheduledExecutorServiceAdapter(scheduler));
    }
}
