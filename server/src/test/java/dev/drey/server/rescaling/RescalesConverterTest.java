package dev.drey.server.rescaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.model.RescaleUuid;
import dev.drey.server.JsonTrees;
import jakarta.ws.rs.NotFoundException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.rest.messages.job.rescales.JobRescaleDetails;
import org.apache.flink.runtime.rest.messages.job.rescales.JobRescalesHistory;
import org.apache.flink.runtime.rest.messages.job.rescales.JobRescalesOverview;
import org.apache.flink.runtime.rest.messages.job.rescales.JobRescalesSummary;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.adaptive.timeline.Rescale;
import org.apache.flink.runtime.scheduler.adaptive.timeline.RescalesStatsSnapshot;
import org.apache.flink.runtime.scheduler.adaptive.timeline.TerminatedReason;
import org.apache.flink.runtime.scheduler.adaptive.timeline.TriggerCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RescalesConverterTest {

    private static final JobID JOB = new JobID(1, 2);
    private static final RescaleUuid UNKNOWN =
            RescaleUuid.fromString("00000000000000000000000000000009");

    private final Rescales rescales = new Rescales();

    static Stream<Function<ExecutionGraphInfo, ?>> views() {
        return Stream.of(
                RescalesConverter::overview,
                RescalesConverter::summary,
                RescalesConverter::history,
                graph -> RescalesConverter.details(graph, UNKNOWN));
    }

    @Test
    void aJobWhoseRescalesAreNotRememberedHasFiguresThatAreNoNumbers() {
        assertSameAsFlink(RescalesStatsSnapshot.emptySnapshot());

        assertThat(
                        summary(RescalesStatsSnapshot.emptySnapshot())
                                .at("/failedRescalesDurationStatsInMillis/p50")
                                .textValue())
                .isEqualTo("NaN");
    }

    @Test
    void aRescaleThatHasNotEndedIsShown() {
        Rescale begun = rescales.begin(TriggerCause.INITIAL_SCHEDULE);

        assertSameAsFlink(rescales.snapshot());
        assertThat(details(begun).get("terminalState").isNull()).isTrue();
        assertThat(summary(rescales.snapshot()).at("/rescalesCounts/inProgress").intValue())
                .isOne();
    }

    @ParameterizedTest
    @EnumSource(TerminatedReason.class)
    void aRescaleThatEndedIsShown(TerminatedReason reason) {
        Rescale ended = rescales.end(TriggerCause.UPDATE_REQUIREMENT, 340, reason);

        assertSameAsFlink(rescales.snapshot());
        assertThat(details(ended).get("terminatedReason").textValue()).isEqualTo(reason.name());
    }

    @ParameterizedTest
    @EnumSource(TriggerCause.class)
    void whatARescaleIsForIsShown(TriggerCause cause) {
        rescales.end(cause, 5, TerminatedReason.SUCCEEDED);

        assertSameAsFlink(rescales.snapshot());
    }

    @Test
    void detailsAreShownForOneRescaleOnly() {
        Rescale ended = rescales.end(TriggerCause.INITIAL_SCHEDULE, 9, TerminatedReason.SUCCEEDED);

        assertThat(details(ended).get("vertices")).hasSize(2);
        assertThat(details(ended).get("slots")).hasSize(2);
        assertThat(details(ended).get("schedulerStates")).hasSize(2);
        assertThat(history(rescales.snapshot()).get(0).get("vertices")).isEmpty();
    }

    @Test
    void aHistoryIsShownNewestFirst() {
        rescales.end(TriggerCause.INITIAL_SCHEDULE, 340, TerminatedReason.SUCCEEDED);
        rescales.end(TriggerCause.UPDATE_REQUIREMENT, 1_375, TerminatedReason.JOB_FAILED);
        rescales.end(TriggerCause.RECOVERABLE_FAILOVER, 7, TerminatedReason.EXCEPTION_OCCURRED);
        rescales.end(TriggerCause.NEW_RESOURCE_AVAILABLE, 759, TerminatedReason.SUCCEEDED);
        rescales.begin(TriggerCause.NEW_RESOURCE_AVAILABLE);

        assertSameAsFlink(rescales.snapshot());
        assertThat(history(rescales.snapshot()).get(0).get("rescaleAttemptId").intValue())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("views")
    void aJobOfAnotherSchedulerIsRefused(Function<ExecutionGraphInfo, ?> view) {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> view.apply(graph(null)))
                .withMessage(
                        "Job %s has no rescales: the Adaptive scheduler (jobmanager.scheduler) does not"
                                + " run it, or not yet",
                        JOB);
    }

    @Test
    void anUnknownRescaleIsRefused() {
        rescales.begin(TriggerCause.INITIAL_SCHEDULE);

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> RescalesConverter.details(graph(rescales.snapshot()), UNKNOWN))
                .withMessage("Job %s has no rescale %s, or not any more", JOB, UNKNOWN);
    }

    private void assertSameAsFlink(RescalesStatsSnapshot snapshot) {
        assertThat(JsonTrees.ofDrey(RescalesConverter.overview(graph(snapshot))))
                .isEqualTo(
                        JsonTrees.ofFlink(JobRescalesOverview.fromRescalesStatsSnapshot(snapshot)));
        assertThat(summary(snapshot))
                .isEqualTo(
                        JsonTrees.ofFlink(JobRescalesSummary.fromRescalesStatsSnapshot(snapshot)));
        assertThat(history(snapshot))
                .isEqualTo(
                        JsonTrees.ofFlink(JobRescalesHistory.fromRescalesStatsSnapshot(snapshot)));
        for (Rescale rescale : snapshot.getRescaleHistory()) {
            assertThat(details(rescale))
                    .isEqualTo(JsonTrees.ofFlink(JobRescaleDetails.fromRescale(rescale, true)));
        }
    }

    private static JsonNode summary(RescalesStatsSnapshot snapshot) {
        return JsonTrees.ofDrey(RescalesConverter.summary(graph(snapshot)));
    }

    private static JsonNode history(RescalesStatsSnapshot snapshot) {
        return JsonTrees.ofDrey(RescalesConverter.history(graph(snapshot)));
    }

    private JsonNode details(Rescale rescale) {
        return JsonTrees.ofDrey(
                RescalesConverter.details(
                        graph(rescales.snapshot()),
                        RescaleUuid.fromString(
                                rescale.getRescaleIdInfo().getRescaleUuid().toString())));
    }

    private static ExecutionGraphInfo graph(RescalesStatsSnapshot snapshot) {
        return new ExecutionGraphInfo(
                new ArchivedExecutionGraphBuilder().setJobID(JOB).build(),
                List.of(),
                SchedulerType.Adaptive,
                null,
                snapshot);
    }
}
