package dev.drey.server.rescaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.drey.server.ClusterGateways;
import dev.drey.server.TestGateways;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.util.FlinkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RescalingWatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final JobResourceRequirements BEFORE = FakeJob.requirements(1, 1, 1);
    private static final RescalingWatch.Timeouts TIMEOUTS =
            new RescalingWatch.Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(10));

    private final FakeJob job = FakeJob.checkpointed();
    private final AtomicLong clock = new AtomicLong(-7);
    private final ClusterGateways gateways = gateways(job.dispatcher());
    private final RescalingWatch watch = watch(Optional.empty());

    @Test
    void itEndsWhenAllRunAsIsWanted() {
        look(watch);
        assertThat(watch.end()).isNotDone();

        job.runsWith(4);
        job.status = JobStatus.CREATED;
        look(watch);
        assertThat(watch.end()).as("of a job that is about to run").isNotDone();

        job.status = JobStatus.RUNNING;
        job.isIn(FakeJob.COUNT, ExecutionState.INITIALIZING);
        look(watch);
        assertThat(watch.end()).as("of a vertex that restores its state").isNotDone();

        job.isIn(FakeJob.COUNT, ExecutionState.RUNNING);
        job.isIn(FakeJob.NUMBERS, ExecutionState.FINISHED);
        look(watch);
        assertThat(watch.end()).isCompleted();
    }

    @Test
    void aRestartIsNotAnEnd() {
        job.status = JobStatus.RESTARTING;

        look(watch);

        assertThat(watch.end()).isNotDone();
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCELLING", "CANCELED", "FAILING", "FAILED", "FINISHED"})
    void theEndOfAJobIsItsEnd(JobStatus status) {
        job.status = status;
        job.failure = new ErrorInfo(new IllegalStateException("disk full"), 1);

        look(watch);

        assertThat(reason()).contains(status.name(), "disk full", "wanted 4, reached 1");
    }

    @Test
    void aJobThatNobodyKnowsMayComeBack() {
        job.refusal = new FlinkJobNotFoundException(FakeJob.ID);
        assertThat(watch.look(gateways(job.dispatcher()))).isCompletedExceptionally();
        assertThat(watch.end()).isNotDone();

        passes(PATIENCE);
        look(watch);

        assertThat(reason()).contains("the cluster does not tell", FakeJob.ID.toString());
    }

    @Test
    void whoeverElseChangesTheRequirementsEndsIt() {
        RescalingWatch restoring = watch(Optional.of(BEFORE));
        job.requirements = FakeJob.requirements(1, 3, 1);

        look(restoring);

        assertThat(reason(restoring)).contains("Somebody else");
        assertThat(job.updates()).isEmpty();
    }

    @Test
    void patienceEnds() {
        job.runsWith(2);
        passes(PATIENCE.minusNanos(1));
        look(watch);
        assertThat(watch.end()).isNotDone();

        passes(Duration.ofNanos(1));
        look(watch);

        assertThat(reason())
                .contains(
                        "40 s",
                        "new requirements stay",
                        "vertex %s 'numbers': wanted 4, reached 2".formatted(FakeJob.NUMBERS),
                        "vertex %s 'count': wanted 4, reached 2".formatted(FakeJob.COUNT),
                        "vertex %s 'single': wanted 1, reached 1".formatted(FakeJob.SINGLE));
        assertThat(job.updates()).isEmpty();
    }

    @Test
    void whatRunsAtTheLastMomentIsNotLate() {
        job.runsWith(4);
        passes(PATIENCE.multipliedBy(2));

        look(watch);

        assertThat(watch.end()).isCompleted();
    }

    @Test
    void oldRequirementsArePutBackOnce() {
        RescalingWatch restoring = watch(Optional.of(BEFORE));
        passes(PATIENCE);

        look(restoring);
        look(restoring);

        assertThat(job.updates()).containsExactly(BEFORE);
        assertThat(reason(restoring)).contains("old requirements were put back", "reached 1");
    }

    /** They are no longer those that are wanted, and nobody else has changed them. */
    @Test
    void whoLooksWhileTheyArePutBackSeesNoEnd() {
        RescalingWatch restoring = watch(Optional.of(BEFORE));
        job.acknowledged = new CompletableFuture<>();
        passes(PATIENCE);
        CompletableFuture<Void> late = restoring.look(gateways);

        look(restoring);
        assertThat(late).isNotDone();
        assertThat(restoring.end()).isNotDone();

        job.acknowledged.complete(Acknowledge.get());
        assertThat(late).isCompleted();
        assertThat(reason(restoring)).contains("old requirements were put back");
    }

    @Test
    void oldRequirementsThatCannotBePutBackAreTold() {
        RescalingWatch restoring = watch(Optional.of(BEFORE));
        job.refusalOfUpdates = new IllegalStateException("store is away");
        passes(PATIENCE);

        look(restoring);

        assertThat(reason(restoring)).contains("could not be put back", "store is away");
    }

    /** The cluster may come back, until the patience is at its end. */
    @Test
    void aClusterThatDoesNotTellEndsItInTime() {
        look(watch);
        job.refusal = new IllegalStateException("election");

        assertThat(watch.look(gateways)).isCompletedExceptionally();
        assertThat(watch.end()).isNotDone();

        passes(PATIENCE);
        look(watch);
        assertThat(reason()).contains("election", "wanted 4, reached 1");
    }

    @Test
    void aClusterThatComesBackIsAskedOn() {
        job.refusal = new IllegalStateException("election");
        assertThat(watch.look(gateways)).isCompletedExceptionally();

        job.refusal = null;
        job.runsWith(4);
        look(watch);

        assertThat(watch.end()).isCompleted();
    }

    @Test
    void patienceIsThatOfTheJobsScheduler() {
        assertThat(RescalingPatience.of(job.graph(), new Configuration()))
                .isEqualTo(Duration.ofMillis(FakeJob.DELAYS).plusSeconds(30));
    }

    @Test
    void patienceIsThatOfTheClusterWhereTheSchedulerDoesNotTell() {
        job.scheduler = SchedulerType.Default;
        Configuration configuration = new Configuration();
        assertThat(RescalingPatience.of(job.graph(), configuration))
                .as("by default")
                .isEqualTo(Duration.ofMinutes(2));

        configuration.set(
                JobManagerOptions.SCHEDULER_EXECUTING_COOLDOWN_AFTER_RESCALING,
                Duration.ofSeconds(1));
        configuration.set(
                JobManagerOptions.SCHEDULER_EXECUTING_RESOURCE_STABILIZATION_TIMEOUT,
                Duration.ofSeconds(2));
        configuration.set(
                JobManagerOptions.SCHEDULER_RESCALE_TRIGGER_MAX_DELAY, Duration.ofSeconds(3));
        assertThat(RescalingPatience.of(job.graph(), configuration))
                .isEqualTo(Duration.ofSeconds(1 + 2 + 3 + 30));
    }

    private void look(RescalingWatch at) {
        assertThatCode(() -> at.look(gateways).join()).doesNotThrowAnyException();
    }

    private void passes(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private String reason() {
        return reason(watch);
    }

    private static String reason(RescalingWatch ended) {
        assertThat(ended.end()).isCompletedExceptionally();
        Throwable failure = ended.end().handle((done, thrown) -> thrown).join();
        assertThat(failure).isInstanceOf(FlinkException.class);
        assertThat(failure.getMessage()).doesNotContain("\n");
        return failure.getMessage();
    }

    /** From 1 to 4. */
    private RescalingWatch watch(Optional<JobResourceRequirements> toRestore) {
        RescalingPlan plan = RescalingPlan.of(job.state(), new RescalingRequest(4, false, false));
        job.requirements = plan.requirements();
        return new RescalingWatch(
                plan, Optional.of(BEFORE), toRestore.isPresent(), PATIENCE, TIMEOUTS, clock::get);
    }

    private static ClusterGateways gateways(DispatcherGateway dispatcher) {
        return TestGateways.to(() -> CompletableFuture.completedFuture(dispatcher), Runnable::run);
    }
}
