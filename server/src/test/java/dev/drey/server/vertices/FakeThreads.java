package dev.drey.server.vertices;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphID;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.messages.ThreadInfoSample;
import org.apache.flink.runtime.scheduler.strategy.ExecutionVertexID;
import org.apache.flink.runtime.webmonitor.stats.VertexStatsTracker;
import org.apache.flink.runtime.webmonitor.threadinfo.VertexThreadInfoStats;

/** Knows from the start what threads were seen doing, of the vertex and of its subtasks. */
record FakeThreads(Map<Integer, VertexThreadInfoStats> seen)
        implements VertexStatsTracker<VertexThreadInfoStats> {

    static final int WHOLE_VERTEX = -1;
    static final long END = 1_700_000_000_000L;

    private static final int FIRST_REQUEST = 0;
    private static final ExecutionGraphID GRAPH = new ExecutionGraphID();

    /** What the subtasks of a vertex were seen doing, in the order of their indexes. */
    @SafeVarargs
    static VertexThreadInfoStats seen(List<ThreadInfoSample>... subtasks) {
        Map<ExecutionAttemptID, Collection<ThreadInfoSample>> samples = new LinkedHashMap<>();
        for (int i = 0; i < subtasks.length; i++) {
            samples.put(
                    new ExecutionAttemptID(
                            GRAPH, new ExecutionVertexID(new JobVertexID(1, 2), i), 0),
                    subtasks[i]);
        }
        return new VertexThreadInfoStats(FIRST_REQUEST, END - 1_000, END, samples);
    }

    /**
     * A thread at one moment.
     *
     * @param frames {@code class.method:line}, the innermost first
     */
    static ThreadInfoSample thread(Thread.State state, String... frames) {
        try {
            var constructor =
                    ThreadInfoSample.class.getDeclaredConstructor(
                            Thread.State.class, StackTraceElement[].class);
            constructor.setAccessible(true);
            return constructor.newInstance(
                    state,
                    Arrays.stream(frames)
                            .map(FakeThreads::frame)
                            .toArray(StackTraceElement[]::new));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static StackTraceElement frame(String text) {
        int colon = text.lastIndexOf(':');
        int dot = text.lastIndexOf('.', colon);
        return new StackTraceElement(
                text.substring(0, dot),
                text.substring(dot + 1, colon),
                "Any.java",
                Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public Optional<VertexThreadInfoStats> getJobVertexStats(
            JobID job, AccessExecutionJobVertex vertex) {
        return Optional.ofNullable(seen.get(WHOLE_VERTEX));
    }

    @Override
    public Optional<VertexThreadInfoStats> getExecutionVertexStats(
            JobID job, AccessExecutionJobVertex vertex, int subtask) {
        return Optional.ofNullable(seen.get(subtask));
    }

    @Override
    public void shutDown() {}
}
