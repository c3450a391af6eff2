package dev.drey.model.jars;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.ApplicationId;

/**
 * The answer to running a jar as an application.
 *
 * @param applicationId the application, whose program has perhaps not begun
 */
public record JarRunApplicationResponseBody(
        @JsonProperty("applicationid") ApplicationId applicationId) {}
