package dev.drey.server.jobs;

import dev.drey.model.jobs.ApplicationStatus;
import dev.drey.model.jobs.JobExecutionResultResponseBody;
import dev.drey.model.jobs.JobResult;
import dev.drey.server.Ids;
import dev.drey.server.error.SerializedThrowables;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.util.OptionalFailure;
import org.apache.flink.util.SerializedValue;

final class JobExecutionResultConverter {

    static JobExecutionResultResponseBody result(
            Optional<org.apache.flink.runtime.jobmaster.JobResult> result) {
        return result.map(JobExecutionResultConverter::result)
                .map(JobExecutionResultResponseBody::completed)
                .orElseGet(JobExecutionResultResponseBody::inProgress);
    }

    private static JobResult result(org.apache.flink.runtime.jobmaster.JobResult result) {
        return new JobResult(
                Ids.of(result.getJobId()),
                result.getJobName(),
                result.getJobStatus()
                        .map(JobExecutionResultConverter::status)
                        .orElse(ApplicationStatus.UNKNOWN),
                accumulators(result.getAccumulatorResults()),
                result.getNetRuntime(),
                result.getSerializedThrowable()
                        .map(SerializedThrowables::ofSerialized)
                        .orElse(null),
                result.getApplicationId().map(Ids::of).orElse(null),
                result.getStartTime(),
                result.getEndTime());
    }

    private static ApplicationStatus status(JobStatus status) {
        return switch (status) {
            case FINISHED -> ApplicationStatus.SUCCEEDED;
            case FAILED -> ApplicationStatus.FAILED;
            case CANCELED -> ApplicationStatus.CANCELED;
            default -> ApplicationStatus.UNKNOWN;
        };
    }

    private static Map<String, String> accumulators(
            Map<String, SerializedValue<OptionalFailure<Object>>> results) {
        Map<String, String> accumulators = new LinkedHashMap<>();
        results.forEach(
                (name, value) ->
                        accumulators.put(
                                name, Base64.getEncoder().encodeToString(value.getByteArray())));
        return accumulators;
    }

    private JobExecutionResultConverter() {}
}
