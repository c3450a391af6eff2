package dev.drey.it.example;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Counts a sequence of numbers by key, without end, and knows what each count must be: how often
 * the key came in all of the sequence. The sequence itself comes from one task, in order.
 */
public final class SequenceJob {

    /** The vertex that counts. */
    public static final String COUNT = "count";

    /** With how many subtasks that may run. */
    public static final int MAXIMUM_PARALLELISM = 16;

    /** The accumulator of counts that were not as they must be. */
    public static final String WRONG = "wrong";

    /** The accumulator of the first number since the last restart. */
    public static final String FIRST = "first";

    /** The accumulator of the last number. */
    public static final String LAST = "last";

    private static final double NUMBERS_PER_SECOND = 100;
    private static final long KEYS = 64;

    /**
     * Submits it.
     *
     * @param arguments milliseconds from one checkpoint to the next; none: there are no
     *     checkpoints. And a file, which is deleted with a failure once it is there
     */
    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        if (arguments.length > 0) {
            environment.enableCheckpointing(Long.parseLong(arguments[0]));
        }
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
                .setMaxParallelism(1)
                .keyBy(number -> number % KEYS)
                .map(new CheckedCount(arguments.length > 1 ? arguments[1] : null))
                .name(COUNT)
                .uid(COUNT)
                .setMaxParallelism(MAXIMUM_PARALLELISM)
                .sinkTo(new DiscardingSink<>())
                .name("nowhere")
                .uid("nowhere")
                .setMaxParallelism(MAXIMUM_PARALLELISM);
        environment.execute("sequence");
    }

    private static final class CheckedCount extends RichMapFunction<Long, Long> {

        private static final long serialVersionUID = 1L;

        private final String failure;
        private transient ValueState<Long> count;
        private transient LongCounter wrong;
        private transient LongMinimum first;
        private transient LongMaximum last;

        CheckedCount(String failure) {
            this.failure = failure;
        }

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>(COUNT, Long.class));
            wrong = getRuntimeContext().getLongCounter(WRONG);
            first = new LongMinimum();
            getRuntimeContext().addAccumulator(FIRST, first);
            last = new LongMaximum();
            getRuntimeContext().addAccumulator(LAST, last);
        }

        @Override
        public Long map(Long number) throws Exception {
            if (failure != null && Files.deleteIfExists(Path.of(failure))) {
                throw new IllegalStateException("as it was told");
            }
            Long before = count.value();
            long seen = before == null ? 1 : before + 1;
            count.update(seen);
            wrong.add(seen == number / KEYS + 1 ? 0 : 1);
            first.add(number);
            last.add(number);
            return seen;
        }
    }

    private SequenceJob() {}
}
