package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.Millis;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

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
        @JsonProperty("accumulated-busy-time") double accumulatedBusy) {
    /** How long the subtasks were back-pressured, together. */
    public Optional<Duration> backPressured() {
        return Millis.duration(accumulatedBackpressured);
    }

    /** How long the subtasks were idle, together. */
    public Optional<Duration> idle() {
        return Millis.duration(accumulatedIdle);
    }

    /** Bytes that were read; empty as long as not all tasks have reported it. */
    public OptionalLong knownBytesRead() {
        return bytesReadComplete ? OptionalLong.of(bytesRead) : OptionalLong.empty();
    }

    /** Bytes that were written; empty as long as not all tasks have reported it. */
    public OptionalLong knownBytesWritten() {
        return bytesWrittenComplete ? OptionalLong.of(bytesWritten) : OptionalLong.empty();
    }

    /** Records that were read; empty as long as not all tasks have reported it. */
    public OptionalLong knownRecordsRead() {
        return recordsReadComplete ? OptionalLong.of(recordsRead) : OptionalLong.empty();
    }

    /** Records that were written; empty as long as not all tasks have reported it. */
    public OptionalLong knownRecordsWritten() {
        return recordsWrittenComplete ? OptionalLong.of(recordsWritten) : OptionalLong.empty();
    }

    /** How long the subtasks were busy, together; empty while unknown. */
    public Optional<Duration> busy() {
        return Double.isNaN(accumulatedBusy)
                ? Optional.empty()
                : Millis.duration((long) accumulatedBusy);
    }
}
