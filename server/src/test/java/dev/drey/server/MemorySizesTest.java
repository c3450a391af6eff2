package dev.drey.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.runtime.accumulators.StringifiedAccumulatorResult;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.exceptionhistory.RootExceptionHistoryEntry;
import org.junit.jupiter.api.Test;

class MemorySizesTest {

    private static final int MEGABYTE = 1 << 20;

    @Test
    void whatUsersPutIntoAccumulatorsCounts() {
        ExecutionGraphInfo graph =
                new ExecutionGraphInfo(
                        new ArchivedExecutionGraphBuilder()
                                .setArchivedUserAccumulators(
                                        new StringifiedAccumulatorResult[] {
                                            new StringifiedAccumulatorResult(
                                                    "words", "Histogram", "w".repeat(MEGABYTE))
                                        })
                                .build());

        assertThat(MemorySizes.of(graph)).isBetween((long) MEGABYTE, 2L * MEGABYTE);
    }

    /** Flink keeps no bytes of an exception that holds what cannot be serialized. */
    @Test
    void whatFailedWithoutBytesIsCountedByItsText() {
        ErrorInfo error = new ErrorInfo(new Unserializable("x".repeat(MEGABYTE)), 1);
        assertThat(error.getException().getSerializedException()).isNull();

        assertThat(
                        MemorySizes.of(
                                new ExecutionGraphInfo(
                                        new ArchivedExecutionGraphBuilder().build(),
                                        List.of(RootExceptionHistoryEntry.fromGlobalFailure(error)),
                                        SchedulerType.Default)))
                .isGreaterThan(MEGABYTE);
    }

    private static final class Unserializable extends Exception {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "unused"}) // that it cannot be serialized is the point
        private final Object connection = new Object();

        Unserializable(String message) {
            super(message);
        }
    }

    @Test
    void whatFailuresSayCounts() {
        List<RootExceptionHistoryEntry> failures = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            failures.add(
                    RootExceptionHistoryEntry.fromGlobalFailure(
                            new ErrorInfo(new Exception("x".repeat(MEGABYTE)), i + 1)));
        }

        assertThat(
                        MemorySizes.of(
                                new ExecutionGraphInfo(
                                        new ArchivedExecutionGraphBuilder().build(),
                                        failures,
                                        SchedulerType.Default)))
                .isGreaterThan(4L * MEGABYTE);
    }
}
