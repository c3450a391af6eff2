package dev.drey.model.jars;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.ApplicationId;
import dev.drey.model.JobId;

/**
 * The answer to running a jar.
 *
 * @param jobId the first job that the program submitted
 * @param applicationId the application it belongs to; {@code null} before Flink 2.3
 */
public record JarRunResponseBody(
        @JsonProperty("jobid") JobId jobId,
        @JsonProperty("applicationId") ApplicationId applicationId) {}
