package dev.drey.model.vertices;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.Millis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How much a vertex waits for slower readers of what it writes.
 *
 * @param status whether it is known
 * @param backpressureLevel that of the subtask which waits most; {@code null} if it is not known
 * @param endTimestamp when the metrics it is made of were last asked for; {@code null} if it is not
 *     known
 * @param subtasks the subtasks by their indices; {@code null} if it is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobVertexBackPressureInfo(
        @JsonProperty("status") VertexBackPressureStatus status,
        @JsonProperty("backpressureLevel") VertexBackPressureLevel backpressureLevel,
        @JsonProperty("end-timestamp") Long endTimestamp,
        @JsonProperty("subtasks") List<SubtaskBackPressureInfo> subtasks) {
    /** When it was sampled. */
    public Optional<Instant> sampledAt() {
        return Millis.instant(endTimestamp);
    }

    /** {@link #backpressureLevel()} again, under the name that older clients know. */
    @JsonProperty(value = "backpressure-level", access = JsonProperty.Access.READ_ONLY)
    public VertexBackPressureLevel backpressureLevelCompatible() {
        return backpressureLevel;
    }

    /**
     * How a subtask spends its time.
     *
     * @param subtask index of the subtask within its vertex, from 0
     * @param attemptNumber number of the attempt, from 0; {@code null} unless the subtask has
     *     several
     * @param backpressureLevel what {@code backPressuredRatio} amounts to
     * @param backPressuredRatio share of its time that it waits for slower readers, from 0 to 1
     * @param idleRatio share of its time that it waits for input, from 0 to 1
     * @param busyRatio share of its time that it works, from 0 to 1; {@code NaN} while unknown
     * @param otherConcurrentAttempts its other attempts; {@code null} if there are none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SubtaskBackPressureInfo(
            @JsonProperty("subtask") int subtask,
            @JsonProperty("attempt-number") Integer attemptNumber,
            @JsonProperty("backpressureLevel") VertexBackPressureLevel backpressureLevel,
            @JsonProperty("ratio") double backPressuredRatio,
            @JsonProperty("idleRatio") double idleRatio,
            @JsonProperty("busyRatio") double busyRatio,
            @JsonProperty("other-concurrent-attempts") @JsonInclude(JsonInclude.Include.NON_EMPTY)
                    List<SubtaskBackPressureInfo> otherConcurrentAttempts) {

        /** {@link #backpressureLevel()} again, under the name that older clients know. */
        @JsonProperty(value = "backpressure-level", access = JsonProperty.Access.READ_ONLY)
        public VertexBackPressureLevel backpressureLevelCompatible() {
            return backpressureLevel;
        }
    }

    /** Whether the back pressure of a vertex is known. */
    public enum VertexBackPressureStatus {
        /** No metrics of the vertex are known, perhaps not yet, or there is no such vertex. */
        @JsonProperty("deprecated")
        DEPRECATED,
        @JsonProperty("ok")
        OK,
        /** Sent by a newer Flink. */
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** A share of time spent waiting for slower readers, in words. */
    public enum VertexBackPressureLevel {
        /** Up to 10 %. */
        @JsonProperty("ok")
        OK,
        /** Up to 50 %. */
        @JsonProperty("low")
        LOW,
        /** More, or not known. */
        @JsonProperty("high")
        HIGH,
        /** Sent by a newer Flink. */
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
