package dev.drey.server.jobs;

import java.util.Collection;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecution;

/**
 * From when until when tasks have run together. Also used for the vertices of a job.
 *
 * @param startTime when the first was deployed, {@code -1} if none was
 * @param endTime when the last ended, {@code -1} if one has not
 * @param duration from start to end, or to now; {@code -1} if none was deployed
 */
public record TaskTimes(long startTime, long endTime, long duration) {

    private static final long NOT_YET = -1L;

    public static TaskTimes of(Collection<? extends AccessExecution> attempts, long now) {
        long firstStart = Long.MAX_VALUE;
        long lastChange = 0;
        boolean ended = true;
        for (AccessExecution attempt : attempts) {
            long deployed = attempt.getStateTimestamp(ExecutionState.DEPLOYING);
            if (deployed > 0) {
                firstStart = Math.min(firstStart, deployed);
            }
            lastChange = Math.max(lastChange, attempt.getStateTimestamp(attempt.getState()));
            ended &= attempt.getState().isTerminal();
        }
        if (firstStart == Long.MAX_VALUE) {
            return new TaskTimes(NOT_YET, NOT_YET, NOT_YET);
        }
        return ended
                ? new TaskTimes(firstStart, lastChange, lastChange - firstStart)
                : new TaskTimes(firstStart, NOT_YET, now - firstStart);
    }
}
