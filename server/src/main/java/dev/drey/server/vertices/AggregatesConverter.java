package dev.drey.server.vertices;

import dev.drey.model.jobs.ExecutionState;
import dev.drey.model.jobs.IOMetricsInfo;
import dev.drey.model.vertices.AggregatedTaskDetailsInfo;
import dev.drey.model.vertices.AggregatedTaskDetailsInfo.MetricsStatistics;
import dev.drey.server.jobs.ExecutionStates;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

final class AggregatesConverter {

    private static final long UNKNOWN = -1L;

    static AggregatedTaskDetailsInfo aggregates(
            List<IOMetricsInfo> metrics, List<Map<ExecutionState, Long>> statusDurations) {
        Map<String, MetricsStatistics> io = new LinkedHashMap<>();
        io.put("read-bytes", statistics(metrics, IOMetricsInfo::bytesRead));
        io.put("write-bytes", statistics(metrics, IOMetricsInfo::bytesWritten));
        io.put("read-records", statistics(metrics, IOMetricsInfo::recordsRead));
        io.put("write-records", statistics(metrics, IOMetricsInfo::recordsWritten));
        io.put(
                "accumulated-backpressured-time",
                statistics(metrics, IOMetricsInfo::accumulatedBackpressured));
        io.put("accumulated-idle-time", statistics(metrics, IOMetricsInfo::accumulatedIdle));
        io.put(
                "accumulated-busy-time",
                statistics(
                        metrics,
                        one ->
                                Double.isNaN(one.accumulatedBusy())
                                        ? UNKNOWN
                                        : (long) one.accumulatedBusy()));
        Map<ExecutionState, MetricsStatistics> durations = new EnumMap<>(ExecutionState.class);
        for (org.apache.flink.runtime.execution.ExecutionState state :
                AttemptConverter.PASSING_STATES) {
            ExecutionState shown = ExecutionStates.of(state);
            durations.put(shown, statistics(statusDurations, one -> one.get(shown)));
        }
        return new AggregatedTaskDetailsInfo(io, durations);
    }

    static MetricsStatistics statistics(long... values) {
        if (values.length == 0) {
            return new MetricsStatistics(0, 0, 0, 0, 0, 0, 0, 0);
        }
        long sum = LongStream.of(values).sum();
        long[] sorted = LongStream.of(values).sorted().toArray();
        return new MetricsStatistics(
                sorted[0],
                sorted[sorted.length - 1],
                sum / sorted.length,
                sum,
                quantile(sorted, 0.5),
                quantile(sorted, 0.25),
                quantile(sorted, 0.75),
                quantile(sorted, 0.95));
    }

    private static <T> MetricsStatistics statistics(List<T> all, ToLongFunction<T> figure) {
        return statistics(all.stream().mapToLong(figure).toArray());
    }

    /** Flink's estimate: between the two neighbours of a place among {@code n + 1}. */
    private static long quantile(long[] sorted, double quantile) {
        double place = quantile * (sorted.length + 1);
        if (place < 1) {
            return (long) (double) sorted[0];
        }
        if (place >= sorted.length) {
            return (long) (double) sorted[sorted.length - 1];
        }
        int below = (int) place;
        double lower = sorted[below - 1];
        double upper = sorted[below];
        return (long) (lower + (place - below) * (upper - lower));
    }

    private AggregatesConverter() {}
}
