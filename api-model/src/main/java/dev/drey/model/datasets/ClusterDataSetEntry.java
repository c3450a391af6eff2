package dev.drey.model.datasets;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.IntermediateDataSetId;

/**
 * One data set.
 *
 * @param dataSetId the data set
 * @param complete whether all its partitions are there
 */
public record ClusterDataSetEntry(
        @JsonProperty("id") IntermediateDataSetId dataSetId,
        @JsonProperty("isComplete") boolean complete) {}
