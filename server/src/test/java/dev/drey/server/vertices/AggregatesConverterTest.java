package dev.drey.server.vertices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.model.jobs.ExecutionState;
import dev.drey.model.jobs.IOMetricsInfo;
import dev.drey.server.JsonTrees;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.rest.messages.AggregatedTaskDetailsInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregatesConverterTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 18, 19, 20, 21, 39, 100, 999})
    void figuresOfAnyNumberOfAttemptsAreAggregated(int size) {
        Random random = new Random(size);
        for (int round = 0; round < 20; round++) {
            assertSameAsFlink(random.longs(size, -1, 50L << random.nextInt(50)).toArray());
        }
    }

    @Test
    void figuresThatNoSumHoldsAreAggregatedAsFlinkDoes() {
        assertSameAsFlink(Long.MAX_VALUE, Long.MAX_VALUE, 1);
        assertSameAsFlink(Long.MIN_VALUE, Long.MAX_VALUE);
        assertSameAsFlink(Long.MAX_VALUE);
        assertSameAsFlink((1L << 53) + 1);
    }

    private static void assertSameAsFlink(long... values) {
        List<IOMetricsInfo> metrics = new ArrayList<>();
        List<org.apache.flink.runtime.rest.messages.job.metrics.IOMetricsInfo> flinkMetrics =
                new ArrayList<>();
        List<Map<ExecutionState, Long>> durations = new ArrayList<>();
        List<Map<org.apache.flink.runtime.execution.ExecutionState, Long>> flinkDurations =
                new ArrayList<>();
        for (long value : values) {
            double busy = value % 5 == 0 ? Double.NaN : value + 0.7;
            metrics.add(
                    new IOMetricsInfo(
                            value, true, value + 1, true, value + 2, true, value + 3, true,
                            value + 4, value + 5, busy));
            flinkMetrics.add(
                    new org.apache.flink.runtime.rest.messages.job.metrics.IOMetricsInfo(
                            value, true, value + 1, true, value + 2, true, value + 3, true,
                            value + 4, value + 5, busy));
            Map<ExecutionState, Long> duration = new EnumMap<>(ExecutionState.class);
            Map<org.apache.flink.runtime.execution.ExecutionState, Long> flinkDuration =
                    new EnumMap<>(org.apache.flink.runtime.execution.ExecutionState.class);
            for (org.apache.flink.runtime.execution.ExecutionState state :
                    AttemptConverter.PASSING_STATES) {
                duration.put(ExecutionState.valueOf(state.name()), value);
                flinkDuration.put(state, value);
            }
            durations.add(duration);
            flinkDurations.add(flinkDuration);
        }
        assertThat(JsonTrees.ofDrey(AggregatesConverter.aggregates(metrics, durations)))
                .as("aggregates of %s", values)
                .isEqualTo(
                        JsonTrees.ofFlink(
                                AggregatedTaskDetailsInfo.create(flinkMetrics, flinkDurations)));
    }
}
