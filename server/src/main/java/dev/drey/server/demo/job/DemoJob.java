package dev.drey.server.demo.job;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.windowing.assigners.TumblingProcessingTimeWindows;

/** Counts readings of made-up sensors: a rate-limited source, keyed state, a window and a sink. */
public final class DemoJob {

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final double READINGS_PER_SECOND = 100;
    private static final int PARALLELISM = 2;
    private static final List<String> SENSORS = List.of("attic", "cellar", "garden", "kitchen");

    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(PARALLELISM);
        environment.enableCheckpointing(CHECKPOINT_INTERVAL.toMillis());
        environment
                .fromSource(
                        new DataGeneratorSource<>(
                                n -> SENSORS.get((int) (n % SENSORS.size())),
                                Long.MAX_VALUE,
                                RateLimiterStrategy.perSecond(READINGS_PER_SECOND),
                                Types.STRING),
                        WatermarkStrategy.noWatermarks(),
                        "sensor readings")
                .uid("readings")
                .keyBy(sensor -> sensor)
                .map(new RunningCount())
                .name("count per sensor")
                .uid("count")
                .keyBy(count -> count.f0)
                .window(TumblingProcessingTimeWindows.of(WINDOW))
                .maxBy(1)
                .name("latest count per window")
                .uid("window")
                .sinkTo(new DiscardingSink<Tuple2<String, Long>>())
                .name("nowhere")
                .uid("sink");
        environment.execute("Drey demo");
    }

    private DemoJob() {}
}
