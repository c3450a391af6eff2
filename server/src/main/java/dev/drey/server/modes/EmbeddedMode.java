package dev.drey.server.modes;

import dev.drey.server.error.StartupException;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.taskexecutor.TaskExecutorResourceUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * A whole Flink session cluster in this process: JobManager, one task manager, and the endpoint.
 */
public final class EmbeddedMode {

    private static final int TASK_MANAGERS = 1;
    private static final String LOOPBACK = "127.0.0.1";
    private static final int SLOTS = 4;
    private static final String TASK_OFF_HEAP = "128m";
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(1);

    /**
     * Starts the cluster, and returns when a program that is run at once finds slots.
     *
     * @throws StartupException if it cannot; its message is for the user
     */
    public static RunningServer start(Configuration asked) throws StartupException {
        Configuration configuration = withDefaults(asked);
        SessionCluster cluster = SessionCluster.start(configuration);
        startTaskManager(configuration, cluster.getRpcPort());
        if (!cluster.awaitLeaders(TASK_MANAGERS, READY_TIMEOUT)) {
            throw new StartupException(
                    "The cluster was not ready within %d s: the log says why"
                            .formatted(READY_TIMEOUT.toSeconds()));
        }
        return cluster;
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

    private static void startTaskManager(Configuration configuration, int rpcPort)
            throws StartupException {
        Configuration local =
                TaskExecutorResourceUtils.adjustForLocalExecution(new Configuration(configuration));
        local.set(JobManagerOptions.PORT, rpcPort);
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

    private EmbeddedMode() {}
}
