package dev.drey.server.vertices;

import dev.drey.model.vertices.SubtasksTimesInfo;
import dev.drey.server.Ids;
import dev.drey.server.jobs.ExecutionStates;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

final class SubtasksTimesConverter {

    private static final long NOT_YET = -1L;

    static SubtasksTimesInfo times(ExecutionGraphInfo info, JobVertexID vertexId) {
        return times(GraphLookup.vertex(info, vertexId), System.currentTimeMillis());
    }

    static SubtasksTimesInfo times(AccessExecutionJobVertex vertex, long now) {
        List<SubtasksTimesInfo.SubtaskTimeInfo> subtasks = new ArrayList<>();
        for (int i = 0; i < vertex.getTaskVertices().length; i++) {
            subtasks.add(subtask(i, vertex.getTaskVertices()[i].getCurrentExecutionAttempt(), now));
        }
        return new SubtasksTimesInfo(
                Ids.of(vertex.getJobVertexId()), vertex.getName(), now, subtasks);
    }

    private static SubtasksTimesInfo.SubtaskTimeInfo subtask(
            int index, AccessExecution attempt, long now) {
        long scheduled = attempt.getStateTimestamp(ExecutionState.SCHEDULED);
        long end =
                attempt.getState().isTerminal()
                        ? attempt.getStateTimestamp(attempt.getState())
                        : now;
        return new SubtasksTimesInfo.SubtaskTimeInfo(
                index,
                AttemptConverter.endpoint(attempt.getAssignedResourceLocation()),
                scheduled > 0 ? end - scheduled : NOT_YET,
                ExecutionStates.each(attempt::getStateTimestamp));
    }

    private SubtasksTimesConverter() {}
}
