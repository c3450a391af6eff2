package dev.drey.it.example;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Adds numbers up in an accumulator, and ends. */
public final class SummingJob {

    /** The accumulator. */
    public static final String SUM = "sum";

    /**
     * Submits it.
     *
     * @param arguments the last of the numbers, which begin with 1; the name of a file of the
     *     distributed cache, if each is to be multiplied by the number in that
     */
    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment
                .fromSequence(1, Long.parseLong(arguments[0]))
                .map(new Sum(arguments.length > 1 ? arguments[1] : null))
                .sinkTo(new DiscardingSink<>());
        environment.execute("summing");
    }

    private static final class Sum extends RichMapFunction<Long, Long> {

        private static final long serialVersionUID = 1L;

        private final String cachedFile;
        private transient LongCounter sum;
        private transient long factor;

        Sum(String cachedFile) {
            this.cachedFile = cachedFile;
        }

        @Override
        public void open(OpenContext context) throws IOException {
            sum = getRuntimeContext().getLongCounter(SUM);
            factor = cachedFile == null ? 1 : factor();
        }

        private long factor() throws IOException {
            File file = getRuntimeContext().getDistributedCache().getFile(cachedFile);
            return Long.parseLong(Files.readString(file.toPath()).strip());
        }

        @Override
        public Long map(Long number) {
            sum.add(factor * number);
            return number;
        }
    }

    private SummingJob() {}
}
