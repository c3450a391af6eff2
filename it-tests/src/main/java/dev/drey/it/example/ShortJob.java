package dev.drey.it.example;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Ends by itself, at once. */
public final class ShortJob {

    private static final long NUMBERS = 10;

    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment
                .fromSequence(1, NUMBERS)
                .keyBy(number -> number % 2)
                .map(new CountPerKey())
                .sinkTo(new DiscardingSink<>());
        environment.execute("short");
    }

    private ShortJob() {}
}
