package dev.drey.it.example;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Counts some numbers and then waits without end: it runs, and nothing that can be seen of it
 * changes but its age. It checkpoints when it is told to.
 */
public final class PausingJob {

    /** How many numbers come. */
    public static final long NUMBERS = 100;

    /** How many tasks count them; one makes them. */
    public static final int PARALLELISM = 2;

    private static final Duration SELDOM = Duration.ofDays(1);

    /**
     * Submits it.
     *
     * @param arguments how often it is to fail, default 0; it is restarted once
     */
    public static void main(String[] arguments) throws Exception {
        int failures = arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]);
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.enableCheckpointing(SELDOM.toMillis());
        environment
                .fromSource(
                        new DataGeneratorSource<>(
                                number -> number,
                                Long.MAX_VALUE,
                                parallelism -> new Pause<>(NUMBERS),
                                Types.LONG),
                        WatermarkStrategy.<Long>forMonotonousTimestamps()
                                .withTimestampAssigner((number, none) -> number),
                        "numbers")
                .uid("numbers")
                .setParallelism(1)
                .keyBy(number -> number % PARALLELISM)
                .map(new FailingAtFirst(failures))
                .name("fail")
                .uid("fail")
                .setParallelism(PARALLELISM)
                .sinkTo(new DiscardingSink<>())
                .name("nowhere")
                .uid("nowhere")
                .setParallelism(PARALLELISM);
        environment.execute("pausing");
    }

    /** Lets some through, and then none; the task stays free for checkpoints. */
    private static final class Pause<S extends SourceSplit> implements RateLimiter<S> {

        private long left;

        Pause(long left) {
            this.left = left;
        }

        @Override
        public CompletionStage<Void> acquire(int numbers) {
            left -= numbers;
            return left >= 0 ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
        }
    }

    private PausingJob() {}
}
