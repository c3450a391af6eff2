package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.Millis;
import dev.drey.model.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The failures of a job. */
public record JobExceptionsInfoWithHistory(
        @JsonProperty("exceptionHistory") JobExceptionHistory exceptionHistory) {

    /**
     * The failures that the cluster remembers, as far as they were asked for.
     *
     * @param entries failures, newest first
     * @param truncated whether there are more than were asked for
     */
    public record JobExceptionHistory(
            @JsonProperty("entries") List<RootExceptionInfo> entries,
            @JsonProperty("truncated") boolean truncated) {}

    /**
     * A failure that the job was restarted for or failed with, and those that came with it.
     *
     * @param exceptionName class of the exception
     * @param stacktrace its message and stack trace as text
     * @param timestamp when it was caught. Milliseconds since the epoch
     * @param failureLabels what failure enrichers say of it
     * @param taskName the task that failed, with its attempt; {@code null} if the whole job did
     * @param endpoint host and data port of the task's task manager; {@code null} if the whole job
     *     failed, or the task had no place yet
     * @param taskManagerId the task's task manager; {@code null} where {@code endpoint} is
     * @param concurrentExceptions failures of other tasks before the job was restarted
     */
    public record RootExceptionInfo(
            @JsonProperty("exceptionName") String exceptionName,
            @JsonProperty("stacktrace") String stacktrace,
            @JsonProperty("timestamp") long timestamp,
            @JsonProperty("failureLabels") Map<String, String> failureLabels,
            @JsonProperty("taskName") @JsonInclude(JsonInclude.Include.NON_NULL) String taskName,
            @JsonProperty("endpoint")
                    @JsonAlias("location")
                    @JsonInclude(JsonInclude.Include.NON_NULL)
                    String endpoint,
            @JsonProperty("taskManagerId") @JsonInclude(JsonInclude.Include.NON_NULL)
                    ResourceId taskManagerId,
            @JsonProperty("concurrentExceptions") List<ExceptionInfo> concurrentExceptions) {
        /** When it happened. */
        public Optional<Instant> happenedAt() {
            return Millis.instant(timestamp);
        }
    }

    /**
     * A failure that came with another one.
     *
     * @param exceptionName class of the exception
     * @param stacktrace its message and stack trace as text
     * @param timestamp when it was caught. Milliseconds since the epoch
     * @param failureLabels what failure enrichers say of it
     * @param taskName the task that failed, with its attempt; {@code null} if the whole job did
     * @param endpoint host and data port of the task's task manager; {@code null} if the whole job
     *     failed, or the task had no place yet
     * @param taskManagerId the task's task manager; {@code null} where {@code endpoint} is
     */
    public record ExceptionInfo(
            @JsonProperty("exceptionName") String exceptionName,
            @JsonProperty("stacktrace") String stacktrace,
            @JsonProperty("timestamp") long timestamp,
            @JsonProperty("failureLabels") Map<String, String> failureLabels,
            @JsonProperty("taskName") @JsonInclude(JsonInclude.Include.NON_NULL) String taskName,
            @JsonProperty("endpoint")
                    @JsonAlias("location")
                    @JsonInclude(JsonInclude.Include.NON_NULL)
                    String endpoint,
            @JsonProperty("taskManagerId") @JsonInclude(JsonInclude.Include.NON_NULL)
                    ResourceId taskManagerId) {
        /** When it happened. */
        public Optional<Instant> happenedAt() {
            return Millis.instant(timestamp);
        }
    }
}
