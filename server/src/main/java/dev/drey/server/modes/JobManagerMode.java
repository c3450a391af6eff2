package dev.drey.server.modes;

import dev.drey.server.error.StartupException;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flink's JobManager in this process, for task managers in others; all as it is configured. */
public final class JobManagerMode {

    private static final Logger LOG = LoggerFactory.getLogger(JobManagerMode.class);

    private static final Duration SILENCE = Duration.ofMinutes(1);

    /**
     * Starts the JobManager, and returns when a leader answers: this one, or with high availability
     * another. Until then requests are answered 503, for as long as an election takes.
     *
     * @throws StartupException if it cannot; its message is for the user
     */
    public static RunningServer start(Configuration configuration) throws StartupException {
        if (!configuration.contains(JobManagerOptions.ADDRESS)) {
            throw new StartupException(
                    "%s is not set: name the address at which task managers reach this process"
                            .formatted(JobManagerOptions.ADDRESS.key()));
        }
        SessionCluster cluster = SessionCluster.start(configuration);
        while (!cluster.awaitLeaders(0, SILENCE)) {
            LOG.warn("No leader answers yet: requests are answered 503 until one does");
        }
        return cluster;
    }

    private JobManagerMode() {}
}
