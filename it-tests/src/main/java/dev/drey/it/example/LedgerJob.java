package dev.drey.it.example;

import java.time.Duration;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * Counts numbers, without end. Its accumulators tell at which count it began, and how many counts
 * it closed because the end of time had come.
 */
public final class LedgerJob {

    /** Accumulator: the lowest count that it has come to, 1 unless it had state to begin with. */
    public static final String LOWEST = "lowest count";

    /** Accumulator: counts that were closed. */
    public static final String CLOSED = "closed counts";

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(200);
    private static final double NUMBERS_PER_SECOND = 50;

    /** Submits it. */
    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.enableCheckpointing(CHECKPOINT_INTERVAL.toMillis());
        environment
                .fromSource(
                        new DataGeneratorSource<>(
                                number -> number,
                                Long.MAX_VALUE,
                                RateLimiterStrategy.perSecond(NUMBERS_PER_SECOND),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .keyBy(number -> 0L)
                .process(new Ledger())
                .uid("ledger")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
        environment.execute("ledger");
    }

    private static final class Ledger extends KeyedProcessFunction<Long, Long, Long> {

        private static final long serialVersionUID = 1L;

        private final LongMinimum lowest = new LongMinimum();
        private final LongCounter closed = new LongCounter();
        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
            getRuntimeContext().addAccumulator(LOWEST, lowest);
            getRuntimeContext().addAccumulator(CLOSED, closed);
        }

        @Override
        public void processElement(Long number, Context context, Collector<Long> out)
                throws Exception {
            Long before = count.value();
            long now = before == null ? 1 : before + 1;
            count.update(now);
            lowest.add(now);
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
            out.collect(now);
        }

        @Override
        public void onTimer(long time, OnTimerContext context, Collector<Long> out) {
            closed.add(1);
        }
    }

    private LedgerJob() {}
}
