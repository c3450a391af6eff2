package dev.drey.it.tools;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.model.JobId;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.checkpoints.CheckpointingStatistics;

/** Tells a job's latest checkpoint. */
public final class LatestCheckpoint {

    /**
     * Runs it.
     *
     * @param arguments the endpoint and the job
     */
    public static void main(String[] arguments) {
        JobId job = JobId.fromString(arguments[1]);
        try (FlinkMonitoringClient flink =
                FlinkMonitoringClient.builder().endpoint(arguments[0]).build()) {
            CheckpointingStatistics statistics = flink.checkpoints().statistics(job).join();
            CheckpointStatistics.Completed latest = statistics.latestCheckpoints().completed();
            if (latest == null) {
                System.out.println("no checkpoint yet");
            } else {
                System.out.printf(
                        "checkpoint %d: %d bytes in %d ms, at %s%n",
                        latest.id(), latest.stateSize(), latest.duration(), latest.externalPath());
            }
        }
    }

    private LatestCheckpoint() {}
}
