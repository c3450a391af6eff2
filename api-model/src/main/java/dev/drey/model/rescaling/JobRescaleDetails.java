package dev.drey.model.rescaling;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobVertexId;
import dev.drey.model.Millis;
import dev.drey.model.RescaleUuid;
import dev.drey.model.ResourceRequirementsId;
import dev.drey.model.SlotSharingGroupId;
import dev.drey.model.taskmanagers.ResourceProfileInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rescale: how a job came by the parallelism it was run with, its first schedule included.
 *
 * @param rescaleUuid the rescale
 * @param resourceRequirementsUuid the version of the job's requirements that it was to meet
 * @param rescaleAttemptId its number among the rescales for that version, from 1 on
 * @param vertices parallelism of each vertex; empty in lists
 * @param slots slots of each slot sharing group; empty in lists
 * @param schedulerStates what the scheduler went through, in order; empty in lists
 * @param startTimestamp milliseconds since the epoch; {@code null} before the start
 * @param endTimestamp milliseconds since the epoch; {@code null} before the end
 * @param terminalState how it ended; {@code null} before the end
 * @param triggerCause what it was for
 * @param terminatedReason why it ended; {@code null} before the end
 */
public record JobRescaleDetails(
        @JsonProperty("rescaleUuid") RescaleUuid rescaleUuid,
        @JsonProperty("resourceRequirementsUuid") ResourceRequirementsId resourceRequirementsUuid,
        @JsonProperty("rescaleAttemptId") long rescaleAttemptId,
        @JsonProperty("vertices") Map<JobVertexId, VertexParallelismRescaleInfo> vertices,
        @JsonProperty("slots") Map<SlotSharingGroupId, SlotSharingGroupRescaleInfo> slots,
        @JsonProperty("schedulerStates") List<SchedulerStateSpan> schedulerStates,
        @JsonProperty("startTimestampInMillis") Long startTimestamp,
        @JsonProperty("endTimestampInMillis") Long endTimestamp,
        @JsonProperty("terminalState") TerminalState terminalState,
        @JsonProperty("triggerCause") TriggerCause triggerCause,
        @JsonProperty("terminatedReason") TerminatedReason terminatedReason) {
    /** When it began; empty if it has not. */
    public Optional<Instant> startedAt() {
        return Millis.instant(startTimestamp);
    }

    /** When it ended; empty if it has not. */
    public Optional<Instant> endedAt() {
        return Millis.instant(endTimestamp);
    }

    /**
     * The parallelism of a vertex in a rescale. What is not known, or not yet, is {@code null}.
     *
     * @param jobVertexId the vertex
     * @param jobVertexName its name
     * @param slotSharingGroupId its slot sharing group
     * @param slotSharingGroupName the group's name
     * @param desiredParallelism what is aimed at
     * @param sufficientParallelism what is enough
     * @param preRescaleParallelism what there was before; {@code null} in a job's first rescale
     * @param postRescaleParallelism what came of it
     */
    public record VertexParallelismRescaleInfo(
            @JsonProperty("jobVertexId") JobVertexId jobVertexId,
            @JsonProperty("jobVertexName") String jobVertexName,
            @JsonProperty("slotSharingGroupId") SlotSharingGroupId slotSharingGroupId,
            @JsonProperty("slotSharingGroupName") String slotSharingGroupName,
            @JsonProperty("desiredParallelism") Integer desiredParallelism,
            @JsonProperty("sufficientParallelism") Integer sufficientParallelism,
            @JsonProperty("preRescaleParallelism") Integer preRescaleParallelism,
            @JsonProperty("postRescaleParallelism") Integer postRescaleParallelism) {}

    /**
     * The slots of a slot sharing group in a rescale. What is not known, or not yet, is {@code
     * null}; of a resource profile every amount is -1 then.
     *
     * @param slotSharingGroupId the group
     * @param slotSharingGroupName its name
     * @param requestResourceProfile what each of its slots is to have
     * @param desiredSlots how many are aimed at
     * @param minimalRequiredSlots how many are enough
     * @param preRescaleSlots how many there were before; {@code null} in a job's first rescale
     * @param postRescaleSlots how many came of it
     * @param acquiredResourceProfile what each slot has
     */
    public record SlotSharingGroupRescaleInfo(
            @JsonProperty("slotSharingGroupId") SlotSharingGroupId slotSharingGroupId,
            @JsonProperty("slotSharingGroupName") String slotSharingGroupName,
            @JsonProperty("requestResourceProfile") ResourceProfileInfo requestResourceProfile,
            @JsonProperty("desiredSlots") Integer desiredSlots,
            @JsonProperty("minimalRequiredSlots") Integer minimalRequiredSlots,
            @JsonProperty("preRescaleSlots") Integer preRescaleSlots,
            @JsonProperty("postRescaleSlots") Integer postRescaleSlots,
            @JsonProperty("acquiredResourceProfile") ResourceProfileInfo acquiredResourceProfile) {}

    /**
     * A time that the scheduler was in one state.
     *
     * @param state such as {@code WaitingForResources}
     * @param enterTimestamp milliseconds since the epoch, {@code null} if not known
     * @param leaveTimestamp milliseconds since the epoch, {@code null} if not known
     * @param duration in milliseconds, {@code null} if not known
     * @param stringifiedException the failure that led to or out of it; {@code null} without one
     */
    public record SchedulerStateSpan(
            @JsonProperty("state") String state,
            @JsonProperty("enterTimestampInMillis") Long enterTimestamp,
            @JsonProperty("leaveTimestampInMillis") Long leaveTimestamp,
            @JsonProperty("durationInMillis") Long duration,
            @JsonProperty("stringifiedException") String stringifiedException) {
        /** When it was entered. */
        public Optional<Instant> enteredAt() {
            return Millis.instant(enterTimestamp);
        }

        /** When it was left; empty if it was not. */
        public Optional<Instant> leftAt() {
            return Millis.instant(leaveTimestamp);
        }

        /** How long it took, or has taken so far; empty if that is unknown. */
        public Optional<Duration> lasted() {
            return Millis.duration(duration);
        }
    }

    /** How a rescale ended. */
    public enum TerminalState {
        COMPLETED,
        FAILED,
        /** Something else came first: newer requirements, a restart, the job's end. */
        IGNORED,
        /** Sent by a newer Flink. */
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** Why a rescale ended. */
    public enum TerminatedReason {
        SUCCEEDED,
        EXCEPTION_OCCURRED,
        RESOURCE_REQUIREMENTS_UPDATED,
        NO_RESOURCES_OR_PARALLELISMS_CHANGE,
        JOB_FINISHED,
        JOB_FAILED,
        JOB_CANCELED,
        JOB_FAILOVER_RESTARTING,
        /** Sent by a newer Flink. */
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** What a rescale is for. */
    public enum TriggerCause {
        INITIAL_SCHEDULE,
        UPDATE_REQUIREMENT,
        NEW_RESOURCE_AVAILABLE,
        RECOVERABLE_FAILOVER,
        /** Sent by a newer Flink. */
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
