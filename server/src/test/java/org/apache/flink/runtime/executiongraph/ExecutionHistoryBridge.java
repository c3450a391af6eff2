package org.apache.flink.runtime.executiongraph;

/** Makes what only Flink's execution graph can: a history with attempts in it. */
public final class ExecutionHistoryBridge {

    /** A history that remembers the last {@code limit} of {@code attempts}. */
    public static ExecutionHistory of(int limit, ArchivedExecution... attempts) {
        ExecutionHistory history = new ExecutionHistory(limit);
        for (ArchivedExecution attempt : attempts) {
            history.add(attempt);
        }
        return history;
    }

    private ExecutionHistoryBridge() {}
}
