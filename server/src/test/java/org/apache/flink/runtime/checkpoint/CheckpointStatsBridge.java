package org.apache.flink.runtime.checkpoint;

import org.apache.flink.runtime.jobgraph.JobVertexID;

/** Reaches what only Flink's checkpoint coordinator can do to the statistics of a checkpoint. */
public final class CheckpointStatsBridge {

    public static void acknowledge(
            PendingCheckpointStats checkpoint,
            JobVertexID vertex,
            int subtask,
            long time,
            long size,
            boolean unaligned) {
        report(checkpoint, vertex, subtask, time, size, unaligned, true);
    }

    /** A subtask that gives the checkpoint up. */
    public static void abort(
            PendingCheckpointStats checkpoint,
            JobVertexID vertex,
            int subtask,
            long time,
            long size) {
        report(checkpoint, vertex, subtask, time, size, false, false);
    }

    private static void report(
            PendingCheckpointStats checkpoint,
            JobVertexID vertex,
            int subtask,
            long time,
            long size,
            boolean unaligned,
            boolean completed) {
        checkpoint.reportSubtaskStats(
                vertex,
                new SubtaskStateStats(
                        subtask, time, size, size + 1, 2, 3, size + 4, size + 5, 6, 7, unaligned,
                        completed));
    }

    public static CompletedCheckpointStats complete(
            CheckpointStatsTracker tracker, PendingCheckpointStats checkpoint, String path) {
        CompletedCheckpointStats completed = checkpoint.toCompletedCheckpointStats(path, 100);
        tracker.reportCompletedCheckpoint(completed);
        return completed;
    }

    public static void discard(CompletedCheckpointStats checkpoint) {
        checkpoint.discard();
    }

    public static void fail(
            CheckpointStatsTracker tracker,
            PendingCheckpointStats checkpoint,
            long time,
            Throwable cause) {
        tracker.reportFailedCheckpoint(checkpoint.toFailedCheckpoint(time, cause));
    }

    private CheckpointStatsBridge() {}
}
