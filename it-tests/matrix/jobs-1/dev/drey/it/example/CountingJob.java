package dev.drey.it.example;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.DiscardingSink;

/** Counts numbers by their last digit, without end; a checkpoint every second. */
public final class CountingJob {

    /** What it is called on the cluster. */
    public static final String NAME = "counting";

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
    private static final double NUMBERS_PER_SECOND = 50;
    private static final long KEYS = 10;

    // Flink 1.18 has no other sink that discards.
    @SuppressWarnings("deprecation")
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
                .keyBy(number -> number % KEYS)
                .map(new CountPerKey())
                .name("count")
                .uid("count")
                .addSink(new DiscardingSink<>())
                .name("nowhere")
                .uid("nowhere");
        environment.execute(NAME);
    }

    private CountingJob() {}
}
