package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What tasks have read and written. Each count comes with whether all tasks had reported it.
 *
 * @param bytesRead bytes
 * @param bytesWritten bytes
 * @param recordsRead records
 * @param recordsWritten records
 * @param accumulatedBackpressured milliseconds spent waiting for a slower reader
 * @param accumulatedIdle milliseconds spent waiting for input
 * @param accumulatedBusy milliseconds spent working, {@code NaN} while unknown
 */
public record IOMetricsInfo(
        @JsonProperty("read-bytes") long bytesRead,
        @JsonProperty("read-bytes-complete") boolean bytesReadComplete,
        @JsonProperty("write-bytes") long bytesWritten,
        @JsonProperty("write-bytes-complete") boolean bytesWrittenComplete,
        @JsonProperty("read-records") long recordsRead,
        @JsonProperty("read-records-complete") boolean recordsReadComplete,
        @JsonProperty("write-records") long recordsWritten,
        @JsonProperty("write-records-complete") boolean recordsWrittenComplete,
        @JsonProperty("accumulated-backpressured-time") long accumulatedBackpressured,
        @JsonProperty("accumulated-idle-time") long accumulatedIdle,
        @JsonProperty("accumulated-busy-time") double accumulatedBusy) {}
