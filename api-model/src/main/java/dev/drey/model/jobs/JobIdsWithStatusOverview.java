package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobId;
import java.util.List;

/** All jobs the cluster runs or remembers, with nothing but their state. */
public record JobIdsWithStatusOverview(@JsonProperty("jobs") List<JobIdWithStatus> jobs) {

    /** A job and its state. */
    public record JobIdWithStatus(
            @JsonProperty("id") JobId id, @JsonProperty("status") JobStatus status) {}
}
