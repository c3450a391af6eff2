package dev.drey.it.example;

import org.apache.flink.api.common.accumulators.IntCounter;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/** Fails at its first record, in as many attempts as it is told; counts what it lets through. */
final class FailingAtFirst extends RichMapFunction<Long, Long> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final IntCounter seen = new IntCounter();
    private final int failures;

    FailingAtFirst(int failures) {
        this.failures = failures;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        getRuntimeContext().addAccumulator("seen", seen);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {}

    // Flink 1.18 has no other way to ask.
    @SuppressWarnings("deprecation")
    @Override
    public Long map(Long record) {
        if (getRuntimeContext().getAttemptNumber() < failures) {
            throw new IllegalStateException("failure of attempt, as it was told");
        }
        seen.add(1);
        return record;
    }
}
