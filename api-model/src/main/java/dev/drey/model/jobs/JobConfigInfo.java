package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobId;
import java.util.Map;

/**
 * How a job was configured by its program.
 *
 * @param jobId the job
 * @param jobName the name its program gave it
 * @param executionConfigInfo its execution configuration; {@code null} if the job has none yet
 */
public record JobConfigInfo(
        @JsonProperty("jid") JobId jobId,
        @JsonProperty("name") String jobName,
        @JsonProperty("execution-config") @JsonInclude(JsonInclude.Include.NON_NULL)
                ExecutionConfigInfo executionConfigInfo) {

    /**
     * An execution configuration.
     *
     * @param restartStrategy the restart strategy in words
     * @param parallelism the job's default parallelism, {@code -1} if it has none
     * @param objectReuse whether operators may reuse the objects they are given
     * @param globalJobParameters the program's own parameters; values of sensitive keys are masked
     */
    public record ExecutionConfigInfo(
            @JsonProperty("restart-strategy") String restartStrategy,
            @JsonProperty("job-parallelism") int parallelism,
            @JsonProperty("object-reuse-mode") boolean objectReuse,
            @JsonProperty("user-config") Map<String, String> globalJobParameters) {}
}
