package dev.drey.server.rescaling;

import dev.drey.model.rescaling.JobRescaleConfigInfo;
import dev.drey.server.DreyOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

/** How long the adaptive scheduler may take until a job runs with what it is to require. */
final class RescalingPatience {

    /**
     * As the job's own scheduler is configured; where it does not tell, as {@code configuration}
     * is.
     */
    static Duration of(ExecutionGraphInfo graph, ReadableConfig configuration) {
        Optional<JobRescaleConfigInfo> told = RescaleConfigConverter.find(graph);
        return told(told, JobRescaleConfigInfo::executingCooldownTimeout)
                .orElseGet(
                        () ->
                                configuration.get(
                                        JobManagerOptions
                                                .SCHEDULER_EXECUTING_COOLDOWN_AFTER_RESCALING))
                .plus(
                        told(told, JobRescaleConfigInfo::executingResourceStabilizationTimeout)
                                .orElseGet(() -> stabilization(configuration)))
                .plus(
                        told(told, JobRescaleConfigInfo::maximumDelayForTriggeringRescale)
                                .orElseGet(() -> maximumDelay(graph, configuration)))
                .plus(configuration.get(DreyOptions.RESCALING_PATIENCE));
    }

    private static Optional<Duration> told(
            Optional<JobRescaleConfigInfo> info, Function<JobRescaleConfigInfo, Long> field) {
        return info.map(field).map(Duration::ofMillis);
    }

    private static Duration stabilization(ReadableConfig configuration) {
        ConfigOption<Duration> option =
                JobManagerOptions.SCHEDULER_EXECUTING_RESOURCE_STABILIZATION_TIMEOUT;
        return configuration.get(option);
    }

    /** Unless it is set, as long as it takes for so many checkpoints to fail, and one more. */
    private static Duration maximumDelay(ExecutionGraphInfo graph, ReadableConfig configuration) {
        return configuration
                .getOptional(JobManagerOptions.SCHEDULER_RESCALE_TRIGGER_MAX_DELAY)
                .orElseGet(
                        () ->
                                interval(graph)
                                        .multipliedBy(
                                                1L
                                                        + configuration.get(
                                                                JobManagerOptions
                                                                        .SCHEDULER_RESCALE_TRIGGER_MAX_CHECKPOINT_FAILURES)));
    }

    private static Duration interval(ExecutionGraphInfo graph) {
        return Optional.ofNullable(
                        graph.getArchivedExecutionGraph().getCheckpointCoordinatorConfiguration())
                .filter(checkpoints -> checkpoints.isCheckpointingEnabled())
                .map(checkpoints -> Duration.ofMillis(checkpoints.getCheckpointInterval()))
                .orElse(Duration.ZERO);
    }

    private RescalingPatience() {}
}
