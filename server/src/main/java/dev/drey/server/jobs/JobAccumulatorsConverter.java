package dev.drey.server.jobs;

import dev.drey.model.jobs.JobAccumulatorsInfo;
import dev.drey.model.jobs.UserAccumulator;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.accumulators.StringifiedAccumulatorResult;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

/** Also used for the accumulators of vertices. */
public final class JobAccumulatorsConverter {

    static JobAccumulatorsInfo accumulators(ExecutionGraphInfo info) {
        return accumulators(info.getArchivedExecutionGraph(), Map.of());
    }

    static JobAccumulatorsInfo accumulatorsWithSerializedValues(ExecutionGraphInfo info) {
        AccessExecutionGraph graph = info.getArchivedExecutionGraph();
        Map<String, String> serialized = new HashMap<>();
        graph.getAccumulatorsSerialized()
                .forEach(
                        (name, value) ->
                                serialized.put(
                                        name,
                                        Base64.getEncoder().encodeToString(value.getByteArray())));
        return accumulators(graph, serialized);
    }

    /** The accumulators of a program. */
    public static List<UserAccumulator> userAccumulators(
            StringifiedAccumulatorResult[] accumulators) {
        return Arrays.stream(accumulators)
                .map(
                        accumulator ->
                                new UserAccumulator(
                                        accumulator.getName(),
                                        accumulator.getType(),
                                        accumulator.getValue()))
                .toList();
    }

    private static JobAccumulatorsInfo accumulators(
            AccessExecutionGraph graph, Map<String, String> serialized) {
        return new JobAccumulatorsInfo(
                List.of(), userAccumulators(graph.getAccumulatorResultsStringified()), serialized);
    }

    private JobAccumulatorsConverter() {}
}
