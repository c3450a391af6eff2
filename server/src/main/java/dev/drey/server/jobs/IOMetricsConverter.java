package dev.drey.server.jobs;

import dev.drey.model.jobs.IOMetricsInfo;
import java.util.Collection;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.rest.handler.util.MutableIOMetrics;

/** What tasks have read and written. Also used for the vertices of a job. */
public final class IOMetricsConverter {

    /**
     * What {@code attempts} have come to together.
     *
     * @param metrics what attempts that have not ended report; {@code null} if nobody asks them
     */
    public static IOMetricsInfo info(
            Collection<? extends AccessExecution> attempts,
            JobID jobId,
            JobVertexID vertexId,
            MetricStore.JobMetricStoreSnapshot metrics) {
        MutableIOMetrics io = new MutableIOMetrics();
        for (AccessExecution attempt : attempts) {
            io.addIOMetrics(attempt, metrics, jobId.toString(), vertexId.toString());
        }
        return new IOMetricsInfo(
                io.getNumBytesIn(),
                io.isNumBytesInComplete(),
                io.getNumBytesOut(),
                io.isNumBytesOutComplete(),
                io.getNumRecordsIn(),
                io.isNumRecordsInComplete(),
                io.getNumRecordsOut(),
                io.isNumRecordsOutComplete(),
                io.getAccumulateBackPressuredTime(),
                io.getAccumulateIdleTime(),
                io.getAccumulateBusyTime());
    }

    private IOMetricsConverter() {}
}
