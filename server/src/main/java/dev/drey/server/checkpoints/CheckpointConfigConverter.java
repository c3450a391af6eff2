package dev.drey.server.checkpoints;

import dev.drey.model.checkpoints.CheckpointConfigInfo;
import dev.drey.model.checkpoints.CheckpointConfigInfo.ExternalizedCheckpointInfo;
import dev.drey.model.checkpoints.CheckpointConfigInfo.ProcessingMode;
import jakarta.ws.rs.NotFoundException;
import org.apache.flink.runtime.checkpoint.CheckpointRetentionPolicy;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobgraph.tasks.CheckpointCoordinatorConfiguration;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.util.TernaryBoolean;

final class CheckpointConfigConverter {

    static CheckpointConfigInfo configInfo(ExecutionGraphInfo info) {
        AccessExecutionGraph graph = info.getArchivedExecutionGraph();
        CheckpointCoordinatorConfiguration coordinator =
                graph.getCheckpointCoordinatorConfiguration();
        if (coordinator == null) {
            throw new NotFoundException("Checkpointing is not enabled for this job");
        }
        TernaryBoolean changelog = graph.isChangelogStateBackendEnabled();
        return new CheckpointConfigInfo(
                coordinator.isExactlyOnce()
                        ? ProcessingMode.EXACTLY_ONCE
                        : ProcessingMode.AT_LEAST_ONCE,
                coordinator.getCheckpointInterval(),
                coordinator.getCheckpointTimeout(),
                coordinator.getMinPauseBetweenCheckpoints(),
                coordinator.getMaxConcurrentCheckpoints(),
                externalized(coordinator.getCheckpointRetentionPolicy()),
                graph.getStateBackendName().orElse(null),
                graph.getCheckpointStorageName().orElse(null),
                coordinator.isUnalignedCheckpointsEnabled(),
                coordinator.getTolerableCheckpointFailureNumber(),
                coordinator.getAlignedCheckpointTimeout(),
                coordinator.isEnableCheckpointsAfterTasksFinish(),
                changelog != null && changelog.getOrDefault(false),
                graph.getArchivedExecutionConfig().getPeriodicMaterializeIntervalMillis(),
                graph.getChangelogStorageName().orElse(null));
    }

    private static ExternalizedCheckpointInfo externalized(CheckpointRetentionPolicy policy) {
        return new ExternalizedCheckpointInfo(
                policy != CheckpointRetentionPolicy.NEVER_RETAIN_AFTER_TERMINATION,
                policy != CheckpointRetentionPolicy.RETAIN_ON_CANCELLATION);
    }

    private CheckpointConfigConverter() {}
}
