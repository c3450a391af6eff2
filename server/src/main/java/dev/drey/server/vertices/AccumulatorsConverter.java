package dev.drey.server.vertices;

import dev.drey.model.ExecutionAttemptId;
import dev.drey.model.vertices.JobVertexAccumulatorsInfo;
import dev.drey.model.vertices.SubtaskExecutionAttemptAccumulatorsInfo;
import dev.drey.model.vertices.SubtasksAllAccumulatorsInfo;
import dev.drey.server.Ids;
import dev.drey.server.jobs.JobAccumulatorsConverter;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

final class AccumulatorsConverter {

    static JobVertexAccumulatorsInfo ofVertex(ExecutionGraphInfo info, JobVertexID vertexId) {
        return new JobVertexAccumulatorsInfo(
                Ids.of(vertexId),
                JobAccumulatorsConverter.userAccumulators(
                        GraphLookup.vertex(info, vertexId)
                                .getAggregatedUserAccumulatorsStringified()));
    }

    static SubtasksAllAccumulatorsInfo ofSubtasks(ExecutionGraphInfo info, JobVertexID vertexId) {
        AccessExecutionJobVertex vertex = GraphLookup.vertex(info, vertexId);
        List<SubtasksAllAccumulatorsInfo.SubtaskAccumulatorsInfo> attempts = new ArrayList<>();
        for (AccessExecutionVertex subtask : vertex.getTaskVertices()) {
            for (AccessExecution attempt : subtask.<AccessExecution>getCurrentExecutions()) {
                attempts.add(
                        new SubtasksAllAccumulatorsInfo.SubtaskAccumulatorsInfo(
                                attempt.getParallelSubtaskIndex(),
                                attempt.getAttemptNumber(),
                                AttemptConverter.endpoint(attempt.getAssignedResourceLocation()),
                                JobAccumulatorsConverter.userAccumulators(
                                        attempt.getUserAccumulatorsStringified())));
            }
        }
        return new SubtasksAllAccumulatorsInfo(Ids.of(vertexId), vertex.getParallelism(), attempts);
    }

    static SubtaskExecutionAttemptAccumulatorsInfo ofAttempt(
            ExecutionGraphInfo info, JobVertexID vertexId, int subtask, int number) {
        AccessExecution attempt = GraphLookup.attempt(info, vertexId, subtask, number);
        return new SubtaskExecutionAttemptAccumulatorsInfo(
                attempt.getParallelSubtaskIndex(),
                attempt.getAttemptNumber(),
                new ExecutionAttemptId(attempt.getAttemptId().toString()),
                JobAccumulatorsConverter.userAccumulators(
                        attempt.getUserAccumulatorsStringified()));
    }

    private AccumulatorsConverter() {}
}
