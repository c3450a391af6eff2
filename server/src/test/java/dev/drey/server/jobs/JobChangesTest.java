package dev.drey.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.model.jobs.JobEvent;
import dev.drey.model.jobs.JobEvent.CheckpointEnded;
import dev.drey.model.jobs.JobEvent.Rescaled;
import dev.drey.model.jobs.JobEvent.RescaledVertex;
import dev.drey.model.jobs.JobEvent.Restarted;
import dev.drey.model.jobs.JobEvent.StatusChanged;
import dev.drey.server.Ids;
import dev.drey.server.checkpoints.TrackedCheckpoints;
import java.util.List;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;

class JobChangesTest {

    private static final long BEGIN = 1_500;
    private static final long NOW = 100_000;

    private final JobLook job = new JobLook();

    @Test
    void whatWasBeforeIsNoNews() {
        TrackedCheckpoints checkpoints = new TrackedCheckpoints();
        checkpoints.complete(1);
        job.is(JobStatus.RUNNING, 10).failed(5).checkpoints(checkpoints).parallelism(2);

        JobChanges changes = JobChanges.since(job.graph(), BEGIN);

        assertThat(changes.until(job.graph(), NOW)).isEmpty();
        assertThat(changes.status().name()).isEqualTo("RUNNING");
    }

    @Test
    void aJobGoesThroughItsStatusesInTheOrderOfTime() {
        job.is(JobStatus.INITIALIZING, 10);
        JobChanges changes = JobChanges.since(job.graph(), BEGIN);

        job.is(JobStatus.CREATED, 20).is(JobStatus.RUNNING, 20).is(JobStatus.FINISHED, 30);

        assertThat(changes.until(job.graph(), NOW))
                .containsExactly(
                        change(20, "INITIALIZING", "CREATED"),
                        change(20, "CREATED", "RUNNING"),
                        change(30, "RUNNING", "FINISHED"));
        assertThat(changes.until(job.graph(), NOW)).isEmpty();
    }

    @Test
    void aStatusThatFlinkNotesNoTimeForIsNewWhenItIsSeen() {
        job.is(JobStatus.RUNNING, 10);
        JobChanges changes = JobChanges.since(job.graph(), BEGIN);

        job.is(JobStatus.RESTARTING, 0);

        assertThat(changes.until(job.graph(), NOW))
                .containsExactly(change(NOW, "RUNNING", "RESTARTING"));
    }

    @Test
    void aRestartBetweenTwoLooksIsSeenByItsEnd() {
        job.is(JobStatus.RUNNING, 10);
        JobChanges changes = JobChanges.since(job.graph(), BEGIN);

        job.is(JobStatus.RUNNING, 50);

        assertThat(changes.until(job.graph(), NOW))
                .containsExactly(
                        change(50, "RUNNING", "RESTARTING"), change(50, "RESTARTING", "RUNNING"));
    }

    @Test
    void aRestartThatIsSeenHalfWayIsOneAllTheSame() {
        job.is(JobStatus.RUNNING, 10);
        JobChanges changes = JobChanges.since(job.graph(), BEGIN);

        job.is(JobStatus.CREATED, 40);

        assertThat(changes.until(job.graph(), NOW))
                .containsExactly(
                        change(40, "RUNNING", "RESTARTING"), change(40, "RESTARTING", "CREATED"));
    }

    @Test
    void whatIsCancelledForARestartIsNotTheJob() {
        job.is(JobStatus.RUNNING, 10);
        JobChanges changes = JobChanges.since(job.graph(), BEGIN);

        job.is(JobStatus.CANCELLING, 40).is(JobStatus.RESTARTING, 0);
        assertThat(changes.until(job.graph(), NOW))
                .containsExactly(change(NOW, "RUNNING", "RESTARTING"));

        job.is(JobStatus.CANCELLING, 60).is(JobStatus.CANCELED, 70);
        assertThat(changes.until(job.graph(), NOW))
                .containsExactly(
                        change(60, "RESTARTING", "CANCELLING"),
                        change(70, "CANCELLING", "CANCELED"));
    }

    @Test
    void aRestartTellsItsCauseOnce() {
        job.is(JobStatus.RUNNING, 10).failed(5);
        JobChanges changes = JobChanges.since(job.graph(), BEGIN);

        job.is(JobStatus.RESTARTING, 60).is(JobStatus.RUNNING, 70).failed(58);

        List<JobEvent> events = changes.until(job.graph(), NOW);
        assertThat(events).hasSize(3);
        assertThat(events.get(0)).isEqualTo(change(60, "RUNNING", "RESTARTING"));
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        Restarted.class,
                        restart -> {
                            assertThat(restart.timestamp()).isEqualTo(58);
                            assertThat(restart.cause().stacktrace()).contains("failure at 58");
                        });
        assertThat(events.get(2)).isEqualTo(change(70, "RESTARTING", "RUNNING"));
        assertThat(changes.until(job.graph(), NOW)).isEmpty();
    }

    @Test
    void aFailureThatEndsTheJobIsNoRestart() {
        job.is(JobStatus.RUNNING, 10);
        JobChanges changes = JobChanges.since(job.graph(), BEGIN);

        job.is(JobStatus.FAILED, 60).failed(20).failed(58);

        List<JobEvent> events = changes.until(job.graph(), NOW);
        assertThat(events).hasSize(2);
        assertThat(events.get(0)).isInstanceOf(Restarted.class);
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        StatusChanged.class,
                        end -> assertThat(end.cause().stacktrace()).contains("failure at 58"));
    }

    @Test
    void aCheckpointIsToldWhenItHasEnded() {
        TrackedCheckpoints checkpoints = new TrackedCheckpoints();
        job.is(JobStatus.RUNNING, 10).checkpoints(checkpoints);
        JobChanges changes = JobChanges.since(job.graph(), BEGIN);

        checkpoints.trigger(1, TrackedCheckpoints.CHECKPOINT);
        job.checkpoints(checkpoints);
        assertThat(changes.until(job.graph(), NOW)).isEmpty();

        checkpoints.complete(2);
        job.checkpoints(checkpoints);
        assertThat(changes.until(job.graph(), NOW))
                .singleElement()
                .isInstanceOfSatisfying(
                        CheckpointEnded.class,
                        ended -> {
                            assertThat(ended.timestamp()).isEqualTo(2025);
                            assertThat(ended.checkpoint().id()).isEqualTo(2);
                        });
        assertThat(changes.until(job.graph(), NOW)).isEmpty();
    }

    @Test
    void aJobWithoutResourcesShowsNoHistoryAndLosesNone() {
        TrackedCheckpoints checkpoints = new TrackedCheckpoints();
        checkpoints.complete(2);
        job.is(JobStatus.RUNNING, 10).checkpoints(checkpoints);
        JobChanges changes = JobChanges.since(job.graph(), BEGIN);

        job.checkpoints(new TrackedCheckpoints());
        assertThat(changes.until(job.graph(), NOW)).isEmpty();
        job.checkpoints(checkpoints);
        assertThat(changes.until(job.graph(), NOW)).isEmpty();
    }

    @Test
    void whatEndedBeforeTheFirstLookIsNoNewsThoughItIsSeenLater() {
        TrackedCheckpoints checkpoints = new TrackedCheckpoints();
        job.is(JobStatus.RUNNING, 10).checkpoints(checkpoints);
        JobChanges changes = JobChanges.since(job.graph(), BEGIN);

        checkpoints.complete(1);
        job.checkpoints(checkpoints);

        assertThat(changes.until(job.graph(), NOW)).isEmpty();
    }

    @Test
    void anotherParallelismIsNewsOnceTheJobRunsWithIt() {
        job.is(JobStatus.RUNNING, 10).parallelism(1);
        JobChanges changes = JobChanges.since(job.graph(), BEGIN);

        job.is(JobStatus.RESTARTING, 20).parallelism(4);
        assertThat(changes.until(job.graph(), NOW))
                .containsExactly(change(20, "RUNNING", "RESTARTING"));

        job.is(JobStatus.RUNNING, 30);
        assertThat(changes.until(job.graph(), NOW))
                .containsExactly(
                        change(30, "RESTARTING", "RUNNING"),
                        new Rescaled(
                                30,
                                List.of(
                                        new RescaledVertex(
                                                Ids.of(JobLook.VERTEX), "vertex", 1, 4))));
    }

    private static StatusChanged change(long timestamp, String from, String to) {
        return new StatusChanged(
                timestamp,
                dev.drey.model.jobs.JobStatus.valueOf(from),
                dev.drey.model.jobs.JobStatus.valueOf(to),
                null);
    }
}
