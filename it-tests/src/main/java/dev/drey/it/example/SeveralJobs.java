package dev.drey.it.example;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Submits {@value #JOBS} jobs that end at once, each from an environment of its own. */
public final class SeveralJobs {

    /** How many. */
    public static final int JOBS = 2;

    private static final long NUMBERS = 10;

    /**
     * Submits them.
     *
     * @param arguments a file, to which it adds a line; how many bytes each job is to carry about,
     *     default 0
     */
    public static void main(String[] arguments) throws Exception {
        Files.writeString(
                Path.of(arguments[0]),
                "called\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        byte[] ballast = new byte[arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0];
        for (int job = 1; job <= JOBS; job++) {
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment();
            environment
                    .fromSequence(1, NUMBERS)
                    .map(number -> number + ballast.length)
                    .returns(Types.LONG)
                    .sinkTo(new DiscardingSink<>());
            environment.execute("part " + job);
        }
    }

    private SeveralJobs() {}
}
