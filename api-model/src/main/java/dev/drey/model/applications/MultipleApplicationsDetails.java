package dev.drey.model.applications;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** All applications the cluster runs or remembers, summarized. */
public record MultipleApplicationsDetails(
        @JsonProperty("applications") List<ApplicationDetails> applications) {}
