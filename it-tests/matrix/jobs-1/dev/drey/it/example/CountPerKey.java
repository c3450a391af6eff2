package dev.drey.it.example;

import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/** How many records of its key came before each record: state for checkpoints to hold. */
final class CountPerKey extends RichMapFunction<Long, Long> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private transient ValueState<Long> count;

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        count =
                context.getKeyedStateStore()
                        .getState(new ValueStateDescriptor<>("count", Long.class));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {}

    @Override
    public Long map(Long record) throws Exception {
        Long before = count.value();
        long seen = before == null ? 1 : before + 1;
        count.update(seen);
        return seen;
    }
}
