package dev.drey.model.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The cluster in numbers.
 *
 * @param taskManagers registered task managers
 * @param slotsTotal slots of all of them
 * @param slotsAvailable free slots
 * @param taskManagersBlocked blocked task managers; {@code null} if there is none
 * @param slotsFreeAndBlocked free slots of blocked task managers; {@code null} if there is none
 * @param jobsRunningOrPending jobs that have not reached a terminal state
 * @param jobsFinished finished jobs the cluster still remembers
 * @param jobsCancelled cancelled jobs the cluster still remembers
 * @param jobsFailed failed jobs the cluster still remembers
 * @param version the cluster's Flink version
 * @param commitId the commit that version was built from
 */
public record ClusterOverviewWithVersion(
        @JsonProperty("taskmanagers") int taskManagers,
        @JsonProperty("slots-total") int slotsTotal,
        @JsonProperty("slots-available") int slotsAvailable,
        @JsonProperty("taskmanagers-blocked") @JsonInclude(JsonInclude.Include.NON_NULL)
                Integer taskManagersBlocked,
        @JsonProperty("slots-free-and-blocked") @JsonInclude(JsonInclude.Include.NON_NULL)
                Integer slotsFreeAndBlocked,
        @JsonProperty("jobs-running") int jobsRunningOrPending,
        @JsonProperty("jobs-finished") int jobsFinished,
        @JsonProperty("jobs-cancelled") int jobsCancelled,
        @JsonProperty("jobs-failed") int jobsFailed,
        @JsonProperty("flink-version") String version,
        @JsonProperty("flink-commit") String commitId) {}
