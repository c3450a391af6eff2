package dev.drey.model.vertices;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.ExecutionAttemptId;
import dev.drey.model.jobs.UserAccumulator;
import java.util.List;

/**
 * The accumulators of one attempt to run a subtask.
 *
 * @param subtaskIndex index of the subtask within its vertex, from 0
 * @param attempt number of the attempt within its subtask, from 0
 * @param id the attempt
 * @param userAccumulators those of its program
 */
public record SubtaskExecutionAttemptAccumulatorsInfo(
        @JsonProperty("subtask") int subtaskIndex,
        @JsonProperty("attempt") int attempt,
        @JsonProperty("id") ExecutionAttemptId id,
        @JsonProperty("user-accumulators") List<UserAccumulator> userAccumulators) {}
