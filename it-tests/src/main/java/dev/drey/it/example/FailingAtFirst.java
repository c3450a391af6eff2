package dev.drey.it.example;

import org.apache.flink.api.common.accumulators.IntCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Fails at its first record, in as many attempts as it is told; counts what it lets through. */
final class FailingAtFirst extends RichMapFunction<Long, Long> {

    private static final long serialVersionUID = 1L;

    private final IntCounter seen = new IntCounter();
    private final int failures;

    FailingAtFirst(int failures) {
        this.failures = failures;
    }

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator("seen", seen);
    }

    @Override
    public Long map(Long record) {
        if (getRuntimeContext().getTaskInfo().getAttemptNumber() < failures) {
            throw new IllegalStateException("failure of attempt, as it was told");
        }
        seen.add(1);
        return record;
    }
}
