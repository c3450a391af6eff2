package dev.drey.server.vertices;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.accumulators.StringifiedAccumulatorResult;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.clusterframework.types.ResourceProfile;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.ArchivedExecution;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionVertex;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphID;
import org.apache.flink.runtime.executiongraph.ExecutionHistory;
import org.apache.flink.runtime.executiongraph.IOMetrics;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.jobmanager.scheduler.SlotSharingGroup;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.strategy.ExecutionVertexID;
import org.apache.flink.runtime.taskmanager.TaskManagerLocation;

/** Execution graphs as Flink's schedulers archive them. */
public final class Graphs {

    public static final JobID JOB = new JobID(5, 6);
    public static final JobVertexID VERTEX = new JobVertexID(1, 2);
    public static final TaskManagerLocation NOWHERE = null;

    private static final ExecutionGraphID GRAPH = new ExecutionGraphID();

    /** A graph of one vertex. */
    public static ExecutionGraphInfo graph(ArchivedExecutionVertex... subtasks) {
        return graph(vertex(VERTEX, subtasks));
    }

    static ExecutionGraphInfo graph(ArchivedExecutionJobVertex... vertices) {
        Map<JobVertexID, ArchivedExecutionJobVertex> tasks = new LinkedHashMap<>();
        for (ArchivedExecutionJobVertex vertex : vertices) {
            tasks.put(vertex.getJobVertexId(), vertex);
        }
        return new ExecutionGraphInfo(
                new ArchivedExecutionGraphBuilder().setJobID(JOB).setTasks(tasks).build());
    }

    public static ArchivedExecutionJobVertex vertex(
            JobVertexID id, ArchivedExecutionVertex... subtasks) {
        return new ArchivedExecutionJobVertex(
                subtasks,
                id,
                "Source -> \"Map\"",
                Math.max(1, subtasks.length),
                128,
                new SlotSharingGroup(),
                ResourceProfile.UNKNOWN,
                accumulators("sum"));
    }

    /** A subtask in its first attempt. */
    public static ArchivedExecutionVertex subtask(ArchivedExecution current) {
        return subtask(current, new ExecutionHistory(0));
    }

    public static ArchivedExecutionVertex subtask(
            ArchivedExecution current, ExecutionHistory history) {
        return new ArchivedExecutionVertex(
                current.getParallelSubtaskIndex(), "task", current, history);
    }

    /** A subtask that runs several times at once. */
    @SuppressWarnings("unchecked") // Flink declares what it overrides with a type of its own
    public static ArchivedExecutionVertex speculative(
            ArchivedExecution current, ArchivedExecution... others) {
        ArrayList<AccessExecution> all = new ArrayList<>(List.of(current));
        all.addAll(List.of(others));
        return new ArchivedExecutionVertex(
                current.getParallelSubtaskIndex(), "task", current, new ExecutionHistory(0)) {
            private static final long serialVersionUID = 1L;

            @Override
            public Collection<AccessExecution> getCurrentExecutions() {
                return all;
            }
        };
    }

    public static ArchivedExecution attempt(
            int subtask, int number, ExecutionState state, TaskManagerLocation location) {
        return attempt(subtask, number, state, location, null);
    }

    /** It went through all states up to {@code state}. */
    @SuppressWarnings("EnumOrdinal") // Flink counts in arrays by ordinal
    public static ArchivedExecution attempt(
            int subtask,
            int number,
            ExecutionState state,
            TaskManagerLocation location,
            IOMetrics io) {
        long[] starts = new long[ExecutionState.values().length];
        long[] ends = new long[starts.length];
        for (int i = 0; i <= state.ordinal(); i++) {
            starts[i] = 10_000L + 1_000L * i + subtask;
            ends[i] = i < state.ordinal() ? starts[i] + 400 + 10L * subtask : 0;
        }
        return attempt(subtask, number, state, location, io, starts, ends);
    }

    static ArchivedExecution attempt(
            int subtask,
            int number,
            ExecutionState state,
            TaskManagerLocation location,
            IOMetrics io,
            long[] starts,
            long[] ends) {
        return new ArchivedExecution(
                accumulators("of attempt " + number),
                io,
                new ExecutionAttemptID(GRAPH, new ExecutionVertexID(VERTEX, subtask), number),
                state,
                null,
                location,
                null,
                starts,
                ends);
    }

    public static TaskManagerLocation taskManager(String name) {
        return new TaskManagerLocation(
                new ResourceID(name), InetAddress.getLoopbackAddress(), 40_000 + name.length());
    }

    private static StringifiedAccumulatorResult[] accumulators(String value) {
        return new StringifiedAccumulatorResult[] {
            new StringifiedAccumulatorResult("seen \u00fc", "IntCounter", value),
            new StringifiedAccumulatorResult("broken", "null", "java.lang.Exception: x\n\tat y")
        };
    }

    private Graphs() {}
}
