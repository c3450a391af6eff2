package dev.drey.it.example;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** Prints what the cluster makes of some numbers. */
public final class CollectingJob {

    /** What its lines begin with. */
    public static final String LINE = "collected ";

    /**
     * Submits it, and reads what comes of it.
     *
     * @param arguments the last of the numbers, which begin with 1 and are squared
     */
    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        try (CloseableIterator<Long> squares =
                environment
                        .fromSequence(1, Long.parseLong(arguments[0]))
                        .map(number -> number * number)
                        .returns(Types.LONG)
                        .executeAndCollect("collecting")) {
            squares.forEachRemaining(square -> System.out.println(LINE + square));
        }
    }

    private CollectingJob() {}
}
