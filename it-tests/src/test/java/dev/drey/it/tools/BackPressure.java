package dev.drey.it.tools;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.metrics.AggregatedMetricsQuery;
import dev.drey.model.JobId;
import dev.drey.model.jobs.JobDetailsInfo.JobVertexDetailsInfo;
import dev.drey.model.metrics.AggregatedMetric;
import dev.drey.model.metrics.AggregationMode;
import dev.drey.model.metrics.MetricId;

/** Tells for each vertex of a job how long its subtasks wait for slower readers. */
public final class BackPressure {

    /**
     * Runs it.
     *
     * @param arguments the endpoint and the job
     */
    public static void main(String[] arguments) {
        JobId job = JobId.fromString(arguments[1]);
        try (FlinkMonitoringClient flink =
                FlinkMonitoringClient.builder().endpoint(arguments[0]).build()) {
            AggregatedMetricsQuery query =
                    AggregatedMetricsQuery.of(MetricId.fromString("backPressuredTimeMsPerSecond"))
                            .aggregatedBy(AggregationMode.AVG, AggregationMode.MAX);
            for (JobVertexDetailsInfo vertex : flink.jobs().details(job).join().jobVertexInfos()) {
                System.out.println(vertex.name());
                for (AggregatedMetric metric :
                        flink.metrics()
                                .overSubtasks(job, vertex.jobVertexId())
                                .get(query)
                                .join()
                                .metrics()) {
                    System.out.printf(
                            "  %.0f ms of each second, at most %.0f ms%n",
                            metric.avg(), metric.max());
                }
            }
        }
    }

    private BackPressure() {}
}
