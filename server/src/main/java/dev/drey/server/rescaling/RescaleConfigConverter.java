package dev.drey.server.rescaling;

import dev.drey.model.rescaling.JobRescaleConfigInfo;
import dev.drey.model.rescaling.JobRescaleConfigInfo.SchedulerExecutionMode;
import java.util.Optional;
import org.apache.flink.runtime.rest.util.RestMapperUtils;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;

final class RescaleConfigConverter {

    static JobRescaleConfigInfo configuration(ExecutionGraphInfo graph) {
        return find(graph)
                .orElseThrow(
                        () ->
                                new NotAdaptiveException(
                                        graph.getJobId(), "rescale configuration", null));
    }

    /** Whether the job takes all slots there are. */
    static boolean isReactive(ExecutionGraphInfo graph) {
        return find(graph)
                .map(JobRescaleConfigInfo::schedulerExecutionMode)
                .filter(mode -> mode == SchedulerExecutionMode.REACTIVE)
                .isPresent();
    }

    /** Empty if the adaptive scheduler does not run the job, or not yet. */
    static Optional<JobRescaleConfigInfo> find(ExecutionGraphInfo graph) {
        return Optional.ofNullable(graph.getJobRescaleConfigInfo())
                .map(RescaleConfigConverter::configuration);
    }

    private static JobRescaleConfigInfo configuration(
            org.apache.flink.runtime.rest.messages.job.rescales.JobRescaleConfigInfo flinks) {
        // Flink's holder shows its fields to Flink's own mapper only.
        JsonNode info = RestMapperUtils.getStrictObjectMapper().valueToTree(flinks);
        String mode = info.path("schedulerExecutionMode").textValue();
        return new JobRescaleConfigInfo(
                integer(info.path("rescaleHistoryMax")),
                mode == null ? null : SchedulerExecutionMode.valueOf(mode),
                milliseconds(info.path("submissionResourceWaitTimeoutInMillis")),
                milliseconds(info.path("submissionResourceStabilizationTimeoutInMillis")),
                milliseconds(info.path("slotIdleTimeoutInMillis")),
                milliseconds(info.path("executingCooldownTimeoutInMillis")),
                milliseconds(info.path("executingResourceStabilizationTimeoutInMillis")),
                milliseconds(info.path("maximumDelayForTriggeringRescaleInMillis")),
                integer(info.path("rescaleOnFailedCheckpointCount")));
    }

    private static Integer integer(JsonNode field) {
        return field.isNumber() ? field.intValue() : null;
    }

    private static Long milliseconds(JsonNode field) {
        return field.isNumber() ? field.longValue() : null;
    }

    private RescaleConfigConverter() {}
}
