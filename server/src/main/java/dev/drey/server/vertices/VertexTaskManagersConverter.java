package dev.drey.server.vertices;

import dev.drey.model.vertices.JobVertexTaskManagersInfo;
import dev.drey.server.Ids;
import dev.drey.server.jobs.ExecutionStates;
import dev.drey.server.jobs.TaskTimes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.taskmanager.TaskManagerLocation;

final class VertexTaskManagersConverter {

    static JobVertexTaskManagersInfo taskManagers(
            ExecutionGraphInfo info, JobVertexID vertexId, MetricStore metrics) {
        return taskManagers(
                GraphLookup.vertex(info, vertexId), AttemptConverter.of(info, vertexId, metrics));
    }

    static JobVertexTaskManagersInfo taskManagers(
            AccessExecutionJobVertex vertex, AttemptConverter attempts) {
        // Flink answers in the order of this map, too.
        Map<TaskManagerLocation, Tasks> tasks = new HashMap<>();
        for (AccessExecutionVertex subtask : vertex.getTaskVertices()) {
            AccessExecution current = subtask.getCurrentExecutionAttempt();
            for (AccessExecution attempt : subtask.<AccessExecution>getCurrentExecutions()) {
                Tasks there =
                        tasks.computeIfAbsent(
                                attempt.getAssignedResourceLocation(), location -> new Tasks());
                there.all.add(attempt);
                if (attempt == current) {
                    there.current.add(attempt);
                }
            }
        }
        List<JobVertexTaskManagersInfo.TaskManagersInfo> taskManagers = new ArrayList<>();
        tasks.forEach((location, there) -> taskManagers.add(info(location, there, attempts)));
        return new JobVertexTaskManagersInfo(
                Ids.of(vertex.getJobVertexId()), vertex.getName(), attempts.now(), taskManagers);
    }

    private static JobVertexTaskManagersInfo.TaskManagersInfo info(
            TaskManagerLocation location, Tasks tasks, AttemptConverter attempts) {
        TaskTimes times = TaskTimes.of(tasks.all, attempts.now());
        return new JobVertexTaskManagersInfo.TaskManagersInfo(
                AttemptConverter.endpoint(location),
                ExecutionStates.aggregate(tasks.current),
                times.startTime(),
                times.endTime(),
                times.duration(),
                attempts.ioMetrics(tasks.all),
                ExecutionStates.counts(tasks.all),
                AttemptConverter.taskManager(location),
                AggregatesConverter.aggregates(
                        tasks.all.stream()
                                .map(attempt -> attempts.ioMetrics(List.of(attempt)))
                                .toList(),
                        tasks.all.stream().map(attempts::statusDuration).toList()));
    }

    /**
     * The attempts on one task manager.
     *
     * @param current those that stand for their subtasks
     */
    private record Tasks(List<AccessExecution> all, List<AccessExecution> current) {
        Tasks() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private VertexTaskManagersConverter() {}
}
