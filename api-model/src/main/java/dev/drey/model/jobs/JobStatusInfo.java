package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The state of one job. */
public record JobStatusInfo(@JsonProperty("status") JobStatus status) {}
