package dev.drey.model.applications;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobId;
import dev.drey.model.Millis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What failed in an application. */
public record ApplicationExceptionsInfoWithHistory(
        @JsonProperty("exceptionHistory") ApplicationExceptionHistory exceptionHistory) {

    /** The failures. */
    public record ApplicationExceptionHistory(
            @JsonProperty("entries") List<ApplicationExceptionInfo> entries) {}

    /**
     * One failure.
     *
     * @param exceptionName class of the exception
     * @param stacktrace its message and stack trace as text
     * @param timestamp when it happened. Milliseconds since the epoch
     * @param jobId the job that failed; {@code null} if it was none
     */
    public record ApplicationExceptionInfo(
            @JsonProperty("exceptionName") String exceptionName,
            @JsonProperty("stacktrace") String stacktrace,
            @JsonProperty("timestamp") long timestamp,
            @JsonProperty("jobId") @JsonInclude(JsonInclude.Include.NON_NULL) JobId jobId) {
        /** When it happened. */
        public Optional<Instant> happenedAt() {
            return Millis.instant(timestamp);
        }
    }
}
