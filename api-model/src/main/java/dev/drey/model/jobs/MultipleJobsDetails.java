package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** All jobs the cluster runs or remembers, summarized. */
public record MultipleJobsDetails(@JsonProperty("jobs") List<JobDetails> jobs) {}
