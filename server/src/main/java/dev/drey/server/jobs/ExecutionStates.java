package dev.drey.server.jobs;

import dev.drey.model.jobs.ExecutionState;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.ExecutionJobVertex;

/** States of tasks. Also used for the vertices of a job. */
public final class ExecutionStates {

    public static ExecutionState of(org.apache.flink.runtime.execution.ExecutionState state) {
        return ExecutionState.valueOf(state.name());
    }

    /** What {@code value} gives for each of Flink's states. */
    public static <T> Map<ExecutionState, T> each(
            Function<org.apache.flink.runtime.execution.ExecutionState, T> value) {
        Map<ExecutionState, T> values = new EnumMap<>(ExecutionState.class);
        for (org.apache.flink.runtime.execution.ExecutionState state :
                org.apache.flink.runtime.execution.ExecutionState.values()) {
            values.put(of(state), value.apply(state));
        }
        return values;
    }

    /** How many of {@code attempts} are in each state. */
    @SuppressWarnings("EnumOrdinal") // Flink counts in arrays by ordinal
    public static Map<ExecutionState, Integer> counts(
            Collection<? extends AccessExecution> attempts) {
        int[] perState = perState(attempts);
        return each(state -> perState[state.ordinal()]);
    }

    /** The one state that tasks have together. */
    public static ExecutionState aggregate(Collection<? extends AccessExecution> attempts) {
        return of(
                ExecutionJobVertex.getAggregateJobVertexState(perState(attempts), attempts.size()));
    }

    @SuppressWarnings("EnumOrdinal") // Flink counts in arrays by ordinal
    private static int[] perState(Collection<? extends AccessExecution> attempts) {
        int[] perState = new int[org.apache.flink.runtime.execution.ExecutionState.values().length];
        for (AccessExecution attempt : attempts) {
            perState[attempt.getState().ordinal()]++;
        }
        return perState;
    }

    private ExecutionStates() {}
}
