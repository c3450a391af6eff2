package dev.drey.server.rescaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drey.server.JsonTrees;
import jakarta.ws.rs.NotFoundException;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.configuration.SchedulerExecutionMode;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.rest.messages.job.rescales.JobRescaleConfigInfo;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.junit.jupiter.api.Test;

class RescaleConfigConverterTest {

    @Test
    void aConfigurationIsShownAsFlinkShowsIt() {
        assertSameAsFlink(new JobRescaleConfigInfo(20, null, 1L, 2L, 3L, 4L, 5L, 6L, 7));
        assertSameAsFlink(
                new JobRescaleConfigInfo(
                        0,
                        SchedulerExecutionMode.REACTIVE,
                        -1L,
                        Long.MAX_VALUE,
                        0L,
                        4L,
                        5L,
                        6L,
                        Integer.MAX_VALUE));
        assertSameAsFlink(
                new JobRescaleConfigInfo(null, null, null, null, null, null, null, null, null));
    }

    @Test
    void aJobOfAnotherSchedulerIsRefused() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> RescaleConfigConverter.configuration(graph(null)))
                .withMessage(
                        "Job %s has no rescale configuration: the Adaptive scheduler"
                                + " (jobmanager.scheduler) does not run it, or not yet",
                        new JobID(1, 2));
    }

    private static void assertSameAsFlink(JobRescaleConfigInfo info) {
        assertThat(JsonTrees.ofDrey(RescaleConfigConverter.configuration(graph(info))))
                .isEqualTo(JsonTrees.ofFlink(info));
    }

    private static ExecutionGraphInfo graph(JobRescaleConfigInfo info) {
        return new ExecutionGraphInfo(
                new ArchivedExecutionGraphBuilder().setJobID(new JobID(1, 2)).build(),
                List.of(),
                SchedulerType.Adaptive,
                info,
                null);
    }
}
