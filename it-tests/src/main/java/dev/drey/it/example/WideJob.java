package dev.drey.it.example;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Many subtasks that have next to nothing to do: {@value #VERTICES} times {@value #SUBTASKS}. */
public final class WideJob {

    /** How many slots it takes. */
    public static final int SUBTASKS = 8;

    private static final int VERTICES = 14;
    private static final double NUMBERS_PER_SECOND = SUBTASKS;

    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(SUBTASKS);
        environment.disableOperatorChaining();
        SingleOutputStreamOperator<Long> numbers =
                environment
                        .fromSource(
                                new DataGeneratorSource<>(
                                        number -> number,
                                        Long.MAX_VALUE,
                                        RateLimiterStrategy.perSecond(NUMBERS_PER_SECOND),
                                        Types.LONG),
                                WatermarkStrategy.noWatermarks(),
                                "numbers")
                        .uid("numbers");
        // The source and the sink are vertices, too.
        for (int step = 1; step <= VERTICES - 2; step++) {
            String name = "step-" + step;
            numbers = numbers.map(number -> number).returns(Types.LONG).name(name).uid(name);
        }
        numbers.sinkTo(new DiscardingSink<>()).name("nowhere").uid("nowhere");
        environment.execute("wide");
    }

    private WideJob() {}
}
