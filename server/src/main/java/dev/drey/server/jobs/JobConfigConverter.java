package dev.drey.server.jobs;

import dev.drey.model.jobs.JobConfigInfo;
import dev.drey.server.Ids;
import org.apache.flink.api.common.ArchivedExecutionConfig;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

final class JobConfigConverter {

    static JobConfigInfo configInfo(ExecutionGraphInfo info) {
        AccessExecutionGraph graph = info.getArchivedExecutionGraph();
        return new JobConfigInfo(
                Ids.of(graph.getJobID()),
                graph.getJobName(),
                execution(graph.getArchivedExecutionConfig()));
    }

    private static JobConfigInfo.ExecutionConfigInfo execution(ArchivedExecutionConfig config) {
        return config == null
                ? null
                : new JobConfigInfo.ExecutionConfigInfo(
                        config.getRestartStrategyDescription(),
                        config.getParallelism(),
                        config.getObjectReuseEnabled(),
                        ConfigurationUtils.hideSensitiveValues(config.getGlobalJobParameters()));
    }

    private JobConfigConverter() {}
}
