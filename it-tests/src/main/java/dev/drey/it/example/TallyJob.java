package dev.drey.it.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * Counts a sequence of numbers by key, without end. When it is drained, it adds its counts up:
 * whatever happened in between, they are as many as the source has sent.
 */
public final class TallyJob {

    /** Accumulator: how many numbers the source has sent in all, by the last of them. */
    public static final String SENT = "sent";

    /** Accumulator: how many were counted in all; there is none before the job is drained. */
    public static final String COUNTED = "counted";

    /** What the name of a file ends in that the job makes beside the one that holds it. */
    public static final String HELD = ".held";

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(500);
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final double NUMBERS_PER_SECOND = 200;
    private static final long KEYS = 16;

    /**
     * Submits it.
     *
     * @param arguments a file: as long as it is there, checkpoints and savepoints that have begun
     *     are held up, and there is a {@link #HELD} file beside it once one is
     */
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
                .setParallelism(1)
                .map(new Sent())
                .uid(SENT)
                .setParallelism(1)
                .keyBy(number -> number % KEYS)
                .process(new Tally(arguments[0]))
                .uid("tally")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
        environment.execute("tally");
    }

    private static final class Sent extends RichMapFunction<Long, Long> {

        private static final long serialVersionUID = 1L;

        private final LongMaximum sent = new LongMaximum();

        @Override
        public void open(OpenContext context) {
            getRuntimeContext().addAccumulator(SENT, sent);
        }

        @Override
        public Long map(Long number) {
            sent.add(number + 1);
            return number;
        }
    }

    private static final class Tally extends KeyedProcessFunction<Long, Long, Long>
            implements CheckpointedFunction {

        private static final long serialVersionUID = 1L;

        private final String file;
        private final LongCounter counted = new LongCounter();
        private transient ValueState<Long> count;

        Tally(String file) {
            this.file = file;
        }

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
            getRuntimeContext().addAccumulator(COUNTED, counted);
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {}

        @Override
        public void snapshotState(FunctionSnapshotContext context)
                throws IOException, InterruptedException {
            while (Files.exists(Path.of(file))) {
                Files.writeString(Path.of(file + HELD), "");
                LockSupport.parkNanos(INTERVAL.toNanos());
                if (Thread.interrupted()) {
                    throw new InterruptedException("nobody waits any more");
                }
            }
        }

        @Override
        public void processElement(Long number, Context context, Collector<Long> out)
                throws Exception {
            Long before = count.value();
            count.update(before == null ? 1 : before + 1);
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
            out.collect(number);
        }

        @Override
        public void onTimer(long time, OnTimerContext context, Collector<Long> out)
                throws Exception {
            counted.add(count.value());
        }
    }

    private TallyJob() {}
}
