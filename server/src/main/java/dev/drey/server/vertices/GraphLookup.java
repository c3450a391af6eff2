package dev.drey.server.vertices;

import jakarta.ws.rs.NotFoundException;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ExecutionHistory;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

/** Finds what a request names, or says what is not there. */
public final class GraphLookup {

    /** The vertex with that id; 404 if there is none. */
    public static AccessExecutionJobVertex vertex(ExecutionGraphInfo info, JobVertexID id) {
        AccessExecutionGraph graph = info.getArchivedExecutionGraph();
        AccessExecutionJobVertex vertex = graph.getJobVertex(id);
        if (vertex == null) {
            throw new NotFoundException("Job %s has no vertex %s".formatted(graph.getJobID(), id));
        }
        return vertex;
    }

    /** The subtask with that index, which is not negative. */
    static AccessExecutionVertex subtask(ExecutionGraphInfo info, JobVertexID vertexId, int index) {
        AccessExecutionVertex[] subtasks = vertex(info, vertexId).getTaskVertices();
        if (index >= subtasks.length) {
            throw new NotFoundException(
                    "Vertex %s has %d subtasks, no subtask %d"
                            .formatted(vertexId, subtasks.length, index));
        }
        return subtasks[index];
    }

    static AccessExecution attempt(
            ExecutionGraphInfo info, JobVertexID vertexId, int index, int number) {
        AccessExecutionVertex subtask = subtask(info, vertexId, index);
        for (AccessExecution current : subtask.<AccessExecution>getCurrentExecutions()) {
            if (current.getAttemptNumber() == number) {
                return current;
            }
        }
        ExecutionHistory history = subtask.getExecutionHistory();
        if (!history.isValidAttemptNumber(number)) {
            throw new NotFoundException(
                    "Subtask %d of vertex %s has had no attempt %d"
                            .formatted(index, vertexId, number));
        }
        return history.getHistoricalExecution(number)
                .orElseThrow(
                        () ->
                                new NotFoundException(
                                        "Attempt %d of subtask %d of vertex %s is forgotten (%s)"
                                                .formatted(
                                                        number,
                                                        index,
                                                        vertexId,
                                                        JobManagerOptions.MAX_ATTEMPTS_HISTORY_SIZE
                                                                .key())));
    }

    private GraphLookup() {}
}
