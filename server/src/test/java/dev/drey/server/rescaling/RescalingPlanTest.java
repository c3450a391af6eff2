package dev.drey.server.rescaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import jakarta.ws.rs.ClientErrorException;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.configuration.SchedulerExecutionMode;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RescalingPlanTest {

    private final FakeJob job = FakeJob.checkpointed();

    /** Lower bounds never grow, and what cannot be rescaled is left alone. */
    @ParameterizedTest
    @CsvSource({"1, 4, 1", "3, 4, 3", "4, 2, 2", "-1, 4, 1"})
    void boundsAreThoseAskedFor(int lowerBefore, int asked, int lower) {
        job.requirements = FakeJob.requirements(lowerBefore, 4, 1);

        assertThat(plan(asked).requirements()).isEqualTo(FakeJob.requirements(lower, asked, 1));
        plan(asked).requireAllowed();
    }

    @Test
    void verticesOfOneGroupShareTheirSlots() {
        assertThat(plan(4).slots()).isEqualTo(4 + 1);
    }

    @Test
    void aMaximumParallelismIsNotExceeded() {
        refusal(FakeJob.MAXIMUM_OF_COUNT + 1, 400)
                .isEqualTo(
                        "Parallelism 9 is above the maximum parallelism of vertex %s 'count', which is 8"
                                .formatted(FakeJob.COUNT));
        refusal(FakeJob.MAXIMUM + 1, 400)
                .contains(FakeJob.NUMBERS.toString(), "128", "; ", FakeJob.COUNT.toString());
        plan(FakeJob.MAXIMUM_OF_COUNT).requireAllowed();
    }

    @ParameterizedTest
    @EnumSource(names = "RUNNING", mode = EnumSource.Mode.EXCLUDE)
    void onlyARunningJobIsRescaled(JobStatus status) {
        job.status = status;

        refusal(2, 409).contains(FakeJob.ID.toString(), status.name());
    }

    @Test
    void anotherSchedulerIsRefusedByItsOption() {
        job.scheduler = SchedulerType.Default;

        refusal(2, 409).contains("Default", "Adaptive", "jobmanager.scheduler");
    }

    @Test
    void reactiveModeIsRefusedByItsOption() {
        job.mode = SchedulerExecutionMode.REACTIVE;

        refusal(2, 409).contains("scheduler-mode");
    }

    @Test
    void stateIsNotLost() {
        FakeJob stateless = new FakeJob();
        stateless.completeSavepoint();

        assertThatExceptionOfType(ClientErrorException.class)
                .isThrownBy(() -> plan(stateless, 2).requireAllowed())
                .withMessageContaining("no completed checkpoint")
                .withMessageContaining("allowStateLoss=true")
                .returns(409, refusal -> refusal.getResponse().getStatus());
        assertThatCode(
                        () ->
                                RescalingPlan.of(
                                                stateless.state(),
                                                new RescalingRequest(2, false, true))
                                        .requireAllowed())
                .doesNotThrowAnyException();
        assertThatCode(() -> plan(stateless, 1).requireAllowed())
                .as("nothing is restarted")
                .doesNotThrowAnyException();
    }

    @Test
    void whatAJobWasStartedFromIsRestored() {
        FakeJob restored = new FakeJob();
        restored.restoreSavepoint();

        assertThatCode(() -> plan(restored, 2).requireAllowed()).doesNotThrowAnyException();
    }

    @Test
    void aDryRunTellsAllThereIs() {
        job.requirements = FakeJob.requirements(2, 4, 1);
        RescalingPlan plan = plan(9).refusedFor("It is busy");

        JsonNode shown =
                JsonTrees.ofDrey(RescaleDryRunConverter.dryRun(plan, new SlotsForJob.Count(2, 7)));

        JsonNode count = shown.get("vertices").get(FakeJob.COUNT.toString());
        assertThat(count.get("slotSharingGroupId").textValue()).hasSize(32);
        assertThat(count)
                .isEqualTo(
                        JsonTrees.of(
                                "{\"jobVertexName\":\"count\",\"slotSharingGroupId\":%s,\"slotSharingGroupName\":\"default\",\"preRescaleParallelism\":1,\"desiredParallelism\":9,\"sufficientParallelism\":2,\"maxParallelism\":8}"
                                        .formatted(count.get("slotSharingGroupId"))));
        assertThat(shown.get("vertices")).hasSize(3);
        assertThat(shown.get("vertices").get(FakeJob.SINGLE.toString()).get("desiredParallelism"))
                .hasToString("1");
        assertThat(shown.get("desiredSlots").intValue()).isEqualTo(10);
        assertThat(shown.get("preRescaleSlots").intValue()).isEqualTo(2);
        assertThat(shown.get("freeSlots").intValue()).isEqualTo(7);
        assertThat(shown.get("slotsAvailable").booleanValue()).isFalse();
        assertThat(shown.get("refusals")).hasSize(2);
    }

    @Test
    void slotsSuffice() {
        assertThat(RescaleDryRunConverter.dryRun(plan(4), new SlotsForJob.Count(2, 3)))
                .matches(dryRun -> dryRun.slotsAvailable() && dryRun.refusals().isEmpty());
    }

    @Test
    void whatAnotherSchedulerRunsHasNoRequirements() {
        RescalingPlan plan =
                RescalingPlan.of(
                        new JobToRescale.State(job.graph(), Optional.empty()),
                        new RescalingRequest(4, false, false));

        assertThat(plan.requirements()).isEqualTo(FakeJob.requirements(1, 4, 1));
    }

    private AbstractStringAssert<?> refusal(int asked, int status) {
        ClientErrorException thrown =
                catchThrowableOfType(
                        ClientErrorException.class, () -> plan(asked).requireAllowed());
        assertThat(thrown.getResponse().getStatus()).isEqualTo(status);
        return assertThat(thrown.getMessage());
    }

    private RescalingPlan plan(int asked) {
        return plan(job, asked);
    }

    private static RescalingPlan plan(FakeJob job, int asked) {
        return RescalingPlan.of(job.state(), new RescalingRequest(asked, false, false));
    }
}
