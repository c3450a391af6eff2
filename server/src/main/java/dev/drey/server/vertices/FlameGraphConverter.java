package dev.drey.server.vertices;

import dev.drey.model.vertices.FlameGraphType;
import dev.drey.model.vertices.VertexFlameGraph;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.messages.ThreadInfoSample;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.webmonitor.stats.VertexStatsTracker;
import org.apache.flink.runtime.webmonitor.threadinfo.VertexThreadInfoStats;

final class FlameGraphConverter {

    private static final Map<FlameGraphType, Set<Thread.State>> SHOWN =
            Map.of(
                    FlameGraphType.FULL,
                    EnumSet.allOf(Thread.State.class),
                    FlameGraphType.ON_CPU,
                    EnumSet.of(Thread.State.NEW, Thread.State.RUNNABLE),
                    FlameGraphType.OFF_CPU,
                    EnumSet.of(
                            Thread.State.BLOCKED,
                            Thread.State.WAITING,
                            Thread.State.TIMED_WAITING));

    /** Lambdas have numbers that differ from process to process. */
    private static final Pattern LAMBDA =
            Pattern.compile("(?<name>\\$Lambda\\$?)\\d*/(?<prefix>(?:0x)?)\\p{XDigit}+$");

    private static final String ANY_LAMBDA = "${name}0/${prefix}0";

    /**
     * The graph of a vertex, or of one of its subtasks.
     *
     * @param samples are asked for the latest, and take new ones if these are too old
     */
    static VertexFlameGraph flameGraph(
            ExecutionGraphInfo graph,
            JobVertexID vertexId,
            OptionalInt subtask,
            FlameGraphType type,
            VertexStatsTracker<VertexThreadInfoStats> samples) {
        AccessExecutionJobVertex vertex = GraphLookup.vertex(graph, vertexId);
        ExecutionState state =
                subtask.isPresent()
                        ? GraphLookup.subtask(graph, vertexId, subtask.getAsInt())
                                .getExecutionState()
                        : vertex.getAggregateState();
        if (state.isTerminal()) {
            return new VertexFlameGraph(VertexFlameGraph.TERMINATED, null);
        }
        JobID job = graph.getJobId();
        Optional<VertexThreadInfoStats> taken =
                subtask.isPresent()
                        ? samples.getExecutionVertexStats(job, vertex, subtask.getAsInt())
                        : samples.getJobVertexStats(job, vertex);
        return taken.map(threads -> flameGraph(threads, type))
                .orElse(new VertexFlameGraph(VertexFlameGraph.WAITING, null));
    }

    private static VertexFlameGraph flameGraph(VertexThreadInfoStats threads, FlameGraphType type) {
        Set<Thread.State> shown = SHOWN.get(type);
        Place root = new Place();
        for (Collection<ThreadInfoSample> attempt : threads.getSamplesBySubtask().values()) {
            for (ThreadInfoSample sample : attempt) {
                if (shown.contains(sample.getThreadState())) {
                    root.add(sample.getStackTrace());
                }
            }
        }
        return new VertexFlameGraph(threads.getEndTime(), root.node("root"));
    }

    private static String name(StackTraceElement frame) {
        String type = frame.getClassName();
        return (type.contains("$Lambda") ? LAMBDA.matcher(type).replaceFirst(ANY_LAMBDA) : type)
                + "."
                + frame.getMethodName()
                + ":"
                + frame.getLineNumber();
    }

    /** A place in the code, with what was called from there. */
    private static final class Place {

        private final Map<String, Place> called = new HashMap<>();
        private int hits;

        void add(StackTraceElement[] stack) {
            hits++;
            Place place = this;
            for (int i = stack.length - 1; i >= 0; i--) {
                place = place.called.computeIfAbsent(name(stack[i]), unseen -> new Place());
                place.hits++;
            }
        }

        VertexFlameGraph.Node node(String name) {
            return new VertexFlameGraph.Node(
                    name,
                    hits,
                    called.entrySet().stream()
                            .map(place -> place.getValue().node(place.getKey()))
                            .toList());
        }
    }

    private FlameGraphConverter() {}
}
