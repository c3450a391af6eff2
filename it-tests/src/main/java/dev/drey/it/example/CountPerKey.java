package dev.drey.it.example;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/** How many records of its key came before each record: state for checkpoints to hold. */
final class CountPerKey extends RichMapFunction<Long, Long> {

    private static final long serialVersionUID = 1L;

    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
        count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
    }

    @Override
    public Long map(Long record) throws Exception {
        Long before = count.value();
        long seen = before == null ? 1 : before + 1;
        count.update(seen);
        return seen;
    }
}
