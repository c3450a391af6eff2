package dev.drey.it.example;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.DiscardingSink;

/** Ends by itself, at once. */
public final class ShortJob {

    private static final long NUMBERS = 10;

    // Flink 1.18 has no other sink that discards.
    @SuppressWarnings("deprecation")
    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment
                .fromSequence(1, NUMBERS)
                .keyBy(number -> number % 2)
                .map(new CountPerKey())
                .addSink(new DiscardingSink<>());
        environment.execute("short");
    }

    private ShortJob() {}
}
