package dev.drey.it.tools;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.model.jobs.JobDetails;

/** Lists the jobs of a cluster. */
public final class ListJobs {

    /**
     * Runs it.
     *
     * @param arguments the endpoint
     */
    public static void main(String[] arguments) {
        String endpoint = arguments[0];
        try (FlinkMonitoringClient flink =
                FlinkMonitoringClient.builder().endpoint(endpoint).build()) {
            for (JobDetails job : flink.jobs().overview().join().jobs()) {
                System.out.printf("%s %s %s%n", job.jobId(), job.status(), job.jobName());
            }
        }
    }

    private ListJobs() {}
}
