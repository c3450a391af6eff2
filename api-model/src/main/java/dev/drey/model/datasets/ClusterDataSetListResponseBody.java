package dev.drey.model.datasets;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The data sets that the cluster keeps. */
public record ClusterDataSetListResponseBody(
        @JsonProperty("dataSets") List<ClusterDataSetEntry> dataSets) {}
