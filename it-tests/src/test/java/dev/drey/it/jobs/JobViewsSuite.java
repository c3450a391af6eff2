package dev.drey.it.jobs;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.CountingJob;
import dev.drey.it.example.FailingJob;
import dev.drey.it.example.ShortJob;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.ResourceId;
import dev.drey.model.checkpoints.CheckpointConfigInfo;
import dev.drey.model.checkpoints.CheckpointConfigInfo.ProcessingMode;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.checkpoints.CheckpointStatistics.CheckpointStatsStatus;
import dev.drey.model.checkpoints.CheckpointingStatistics;
import dev.drey.model.checkpoints.SubtaskCheckpointStatistics;
import dev.drey.model.checkpoints.SubtaskCheckpointStatistics.SubtaskStatus;
import dev.drey.model.checkpoints.TaskCheckpointStatistics;
import dev.drey.model.checkpoints.TaskCheckpointStatisticsWithSubtaskDetails;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jobmanager.ConfigurationInfoEntry;
import dev.drey.model.jobmanager.EnvironmentInfo;
import dev.drey.model.jobs.ApplicationStatus;
import dev.drey.model.jobs.ExecutionState;
import dev.drey.model.jobs.JobConfigInfo;
import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.JobDetailsInfo;
import dev.drey.model.jobs.JobDetailsInfo.JobVertexDetailsInfo;
import dev.drey.model.jobs.JobExceptionsInfoWithHistory.JobExceptionHistory;
import dev.drey.model.jobs.JobExceptionsInfoWithHistory.RootExceptionInfo;
import dev.drey.model.jobs.JobExecutionResultResponseBody;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.jobs.JobType;
import dev.drey.model.jobs.SchedulerType;
import dev.drey.model.jobs.UserAccumulator;
import dev.drey.model.taskmanagers.SlotInfo;
import dev.drey.model.taskmanagers.TaskManagerDetailsInfo;
import dev.drey.model.vertices.JobVertexBackPressureInfo;
import dev.drey.model.vertices.JobVertexBackPressureInfo.VertexBackPressureLevel;
import dev.drey.model.vertices.JobVertexBackPressureInfo.VertexBackPressureStatus;
import dev.drey.model.vertices.JobVertexTaskManagersInfo.TaskManagersInfo;
import dev.drey.model.vertices.SubtaskExecutionAttemptDetailsInfo;
import dev.drey.model.vertices.SubtasksTimesInfo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is shown of jobs that run, have failed and have finished, through the SDK alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class JobViewsSuite {

    private static final int PARALLELISM = 2;
    private static final String ACCUMULATOR = "seen";

    private final Cluster cluster;
    private final FlinkMonitoringClient flink;
    private ExampleJobs examples;
    private JobId running;
    private JobId restarted;
    private JobId failed;
    private JobId finished;

    protected JobViewsSuite(Cluster cluster) {
        this.cluster = cluster;
        flink = cluster.client();
    }

    @BeforeAll
    void startJobs() throws Exception {
        examples = ExampleJobs.upload(flink, cluster.jobJar());
        running =
                examples.start(
                        JarRunRequestBody.builder()
                                .entryClassName(CountingJob.class.getName())
                                .parallelism(PARALLELISM)
                                .build());
        restarted = failing(1);
        failed = failing(2);
        finished = examples.start(ShortJob.class);
        Await.job(flink, failed).isFailed();
        Await.job(flink, finished).isFinished();
        Await.job(flink, running).isRunning();
        Await.job(flink, running).hasCompletedCheckpoint();
        Await.job(flink, restarted).isRunning();
    }

    @AfterAll
    void cleanUp() throws Exception {
        try (flink) {
            examples.close();
        }
    }

    @Test
    void jobsAreListedAsTheyAre() {
        List<JobDetails> jobs = answer(flink.jobs().overview()).jobs();

        assertThat(of(running, jobs))
                .satisfies(
                        job -> {
                            assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
                            assertThat(job.jobName()).isEqualTo(CountingJob.NAME);
                            assertThat(job.endTime()).isEqualTo(-1);
                            assertThat(job.tasks().total()).isEqualTo(2 * PARALLELISM);
                            assertThat(job.tasks().running()).isEqualTo(2 * PARALLELISM);
                        });
        assertThat(of(failed, jobs))
                .satisfies(
                        job -> {
                            assertThat(job.status()).isEqualTo(JobStatus.FAILED);
                            assertThat(job.endTime()).isGreaterThanOrEqualTo(job.startTime());
                            assertThat(job.duration()).isEqualTo(job.endTime() - job.startTime());
                        });
        assertThat(of(finished, jobs))
                .satisfies(
                        job -> {
                            assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
                            assertThat(job.tasks().finished()).isEqualTo(job.tasks().total());
                        });
    }

    @Test
    void aListedJobTellsItsTypeAndScheduler() {
        JobDetails job = of(running, answer(flink.jobs().overview()).jobs());

        assertThat(job.jobType()).isEqualTo(JobType.STREAMING);
        assertThat(job.schedulerType()).isEqualTo(SchedulerType.DEFAULT);
        assertThat(job.pendingOperators()).isZero();
    }

    @Test
    void aJobIsShownInFull() {
        JobDetailsInfo job = answer(flink.jobs().details(running));

        assertThat(job.name()).isEqualTo(CountingJob.NAME);
        assertThat(job.jobStatus()).isEqualTo(JobStatus.RUNNING);
        assertThat(job.isStoppable()).isFalse();
        assertThat(job.startTime()).isPositive();
        assertThat(job.endTime()).isEqualTo(-1);
        assertThat(job.now()).isGreaterThanOrEqualTo(job.startTime());
        assertThat(job.timestamps().get(JobStatus.RUNNING))
                .isGreaterThanOrEqualTo(job.timestamps().get(JobStatus.CREATED));
        assertThat(job.jobVerticesPerState()).containsEntry(ExecutionState.RUNNING, 2);
        assertThat(job.jobVertexInfos())
                .hasSize(2)
                .allSatisfy(
                        vertex -> {
                            assertThat(vertex.parallelism()).isEqualTo(PARALLELISM);
                            assertThat(vertex.maxParallelism()).isEqualTo(128);
                            assertThat(vertex.executionState()).isEqualTo(ExecutionState.RUNNING);
                            assertThat(vertex.tasksPerState())
                                    .containsEntry(ExecutionState.RUNNING, PARALLELISM);
                        });
        assertThat(job.plan().nodes()).allMatch(node -> node.parallelism() == PARALLELISM);
    }

    @Test
    void aJobInFullTellsItsType() {
        assertThat(answer(flink.jobs().details(running)).jobType()).isEqualTo(JobType.STREAMING);
    }

    @Test
    void aJobInFullTellsItsScheduler() {
        assertThat(answer(flink.jobs().details(running)).schedulerType())
                .isEqualTo(SchedulerType.DEFAULT);
    }

    @Test
    void aJobInFullTellsTheSlotSharingOfItsVertices() {
        assertThat(answer(flink.jobs().details(running)).jobVertexInfos())
                .extracting(JobVertexDetailsInfo::slotSharingGroupId)
                .doesNotContainNull()
                .allMatch(
                        answer(flink.jobs().details(running))
                                        .jobVertexInfos()
                                        .get(0)
                                        .slotSharingGroupId()
                                ::equals);
    }

    @Test
    void aPlanTellsItsType() {
        assertThat(answer(flink.jobs().plan(running)).plan().jobType())
                .isEqualTo(JobType.STREAMING);
    }

    @Test
    void theConfigurationOfAJobIsShown() {
        JobConfigInfo configuration = answer(flink.jobs().configuration(running));

        assertThat(configuration.jobName()).isEqualTo(CountingJob.NAME);
        assertThat(configuration.executionConfigInfo().parallelism()).isEqualTo(PARALLELISM);
        assertThat(configuration.executionConfigInfo().restartStrategy()).isNotBlank();
        assertThat(configuration.executionConfigInfo().objectReuse()).isFalse();
        assertThat(answer(flink.jobManager().configuration(running)).entries()).isNotEmpty();
    }

    @Test
    void failuresAreShownNewestFirst() {
        JobExceptionHistory all = answer(flink.jobs().exceptions(failed)).exceptionHistory();

        assertThat(all.truncated()).isFalse();
        assertThat(all.entries())
                .hasSize(2)
                .allSatisfy(
                        failure -> {
                            assertThat(failure.stacktrace()).contains("as it was told");
                        });
        assertThat(all.entries().get(0).timestamp())
                .isGreaterThanOrEqualTo(all.entries().get(1).timestamp());
        assertThat(all.entries().get(1))
                .satisfies(
                        first -> {
                            assertThat(first.exceptionName())
                                    .isEqualTo(IllegalStateException.class.getName());
                            assertThat(first.taskName()).contains("fail");
                            assertThat(first.endpoint()).isNotBlank();
                            assertThat(first.taskManagerId()).isEqualTo(taskManager());
                            assertThat(first.concurrentExceptions()).isEmpty();
                        });

        JobExceptionHistory newest = answer(flink.jobs().exceptions(failed, 1)).exceptionHistory();
        assertThat(newest.truncated()).isTrue();
        assertThat(newest.entries())
                .extracting(RootExceptionInfo::timestamp)
                .containsExactly(all.entries().get(0).timestamp());
        assertThat(answer(flink.jobs().exceptions(running)).exceptionHistory().entries()).isEmpty();
    }

    @Test
    void failuresHaveLabels() {
        assertThat(answer(flink.jobs().exceptions(failed)).exceptionHistory().entries())
                .extracting(RootExceptionInfo::failureLabels)
                .allSatisfy(labels -> assertThat(labels).isEmpty());
    }

    @Test
    void theResultOfAJobIsShown() {
        assertThat(answer(flink.jobs().executionResult(running)))
                .isEqualTo(JobExecutionResultResponseBody.inProgress());
        assertThat(answer(flink.jobs().executionResult(finished)).jobExecutionResult())
                .satisfies(
                        result -> {
                            assertThat(result.jobId()).isEqualTo(finished);
                            assertThat(result.applicationStatus())
                                    .isEqualTo(ApplicationStatus.SUCCEEDED);
                            assertThat(result.netRuntime()).isNotNegative();
                            assertThat(result.failureCause()).isNull();
                        });
        assertThat(answer(flink.jobs().executionResult(failed)).jobExecutionResult())
                .satisfies(
                        result -> {
                            assertThat(result.applicationStatus())
                                    .isEqualTo(ApplicationStatus.FAILED);
                            assertThat(result.failureCause().stackTrace())
                                    .contains("as it was told");
                        });
    }

    @Test
    void accumulatorsAreShownOfJobVertexSubtaskAndAttempt() throws Exception {
        JobVertexId vertex = vertex(restarted, "fail");
        Await.untilTrue(
                "the job has counted",
                () ->
                        answer(flink.jobs().accumulators(restarted, false))
                                .userAccumulators()
                                .stream()
                                .anyMatch(JobViewsSuite::hasCounted));

        assertThat(answer(flink.jobs().accumulators(restarted, false)))
                .satisfies(
                        accumulators -> {
                            assertThat(accumulators.userAccumulators())
                                    .singleElement()
                                    .satisfies(
                                            one -> {
                                                assertThat(one.name()).isEqualTo(ACCUMULATOR);
                                                assertThat(one.type()).isEqualTo("IntCounter");
                                            });
                            assertThat(accumulators.serializedUserAccumulators()).isEmpty();
                        });
        assertThat(answer(flink.jobs().accumulators(restarted, true)).serializedUserAccumulators())
                .containsOnlyKeys(ACCUMULATOR);
        assertThat(answer(flink.vertices().accumulators(restarted, vertex)).userAccumulators())
                .singleElement()
                .matches(JobViewsSuite::hasCounted);
        assertThat(answer(flink.vertices().subtasksAccumulators(restarted, vertex)).subtasks())
                .singleElement()
                .satisfies(
                        subtask -> {
                            assertThat(subtask.subtaskIndex()).isZero();
                            assertThat(subtask.attempt()).isOne();
                            assertThat(subtask.endpoint()).isNotBlank();
                            assertThat(subtask.userAccumulators())
                                    .singleElement()
                                    .matches(JobViewsSuite::hasCounted);
                        });
        assertThat(
                        answer(flink.vertices().attemptAccumulators(restarted, vertex, 0, 1))
                                .userAccumulators())
                .singleElement()
                .matches(JobViewsSuite::hasCounted);
    }

    @Test
    void aVertexIsShownWithItsSubtasks() {
        JobVertexId vertex = vertex(running, "count");

        assertThat(answer(flink.vertices().details(running, vertex)))
                .satisfies(
                        details -> {
                            assertThat(details.id()).isEqualTo(vertex);
                            assertThat(details.parallelism()).isEqualTo(PARALLELISM);
                            assertThat(details.subtasks())
                                    .extracting(SubtaskExecutionAttemptDetailsInfo::subtaskIndex)
                                    .containsExactly(0, 1);
                            assertThat(details.subtasks())
                                    .allSatisfy(
                                            subtask ->
                                                    assertAttempt(
                                                            subtask, 0, ExecutionState.RUNNING));
                        });
        assertThat(answer(flink.vertices().taskManagers(running, vertex)).taskManagers())
                .singleElement()
                .satisfies(
                        here -> {
                            assertThat(here.taskManagerId()).isEqualTo(taskManager());
                            assertThat(here.endpoint()).isNotBlank();
                            assertThat(here.status()).isEqualTo(ExecutionState.RUNNING);
                            assertThat(here.statusCounts())
                                    .containsEntry(ExecutionState.RUNNING, PARALLELISM);
                        });
        assertThat(answer(flink.vertices().subtaskTimes(running, vertex)).subtasks())
                .hasSize(PARALLELISM)
                .extracting(SubtasksTimesInfo.SubtaskTimeInfo::timestamps)
                .allSatisfy(times -> assertThat(times.get(ExecutionState.RUNNING)).isPositive());
    }

    @Test
    void aVertexIsShownInTheAggregate() {
        JobVertexId vertex = vertex(running, "count");

        assertThat(answer(flink.vertices().details(running, vertex)).aggregated()).isNotNull();
        assertThat(answer(flink.vertices().taskManagers(running, vertex)).taskManagers())
                .extracting(TaskManagersInfo::aggregated)
                .doesNotContainNull();
    }

    @Test
    void attemptsAreShownPastOnesToo() {
        JobVertexId vertex = vertex(restarted, "fail");

        assertAttempt(
                answer(flink.vertices().currentAttempt(restarted, vertex, 0)),
                1,
                ExecutionState.RUNNING);
        assertAttempt(
                answer(flink.vertices().attempt(restarted, vertex, 0, 1)),
                1,
                ExecutionState.RUNNING);
        assertAttempt(
                answer(flink.vertices().attempt(restarted, vertex, 0, 0)),
                0,
                ExecutionState.FAILED);
    }

    @Test
    void anAttemptTellsHostAndPort() {
        assertThat(
                        answer(
                                        flink.vertices()
                                                .currentAttempt(
                                                        running, vertex(running, "count"), 0))
                                .endpoint())
                .contains(":");
    }

    @Test
    void anAttemptTellsHowLongItWasInItsStates() {
        assertThat(
                        answer(
                                        flink.vertices()
                                                .currentAttempt(
                                                        running, vertex(running, "count"), 0))
                                .statusDuration())
                .containsKeys(ExecutionState.DEPLOYING, ExecutionState.RUNNING);
    }

    @Test
    void backPressureIsShownOfEverySubtask() throws Exception {
        JobVertexId source = vertex(running, "numbers");

        JobVertexBackPressureInfo pressure =
                Await.until(
                        "back pressure is known",
                        () ->
                                Optional.of(answer(flink.vertices().backPressure(running, source)))
                                        .filter(
                                                now ->
                                                        now.status()
                                                                == VertexBackPressureStatus.OK));

        assertThat(pressure.backpressureLevel()).isEqualTo(VertexBackPressureLevel.OK);
        assertThat(pressure.endTimestamp()).isPositive();
        assertThat(pressure.subtasks())
                .hasSize(PARALLELISM)
                .allSatisfy(
                        subtask -> {
                            assertThat(subtask.backpressureLevel())
                                    .isEqualTo(VertexBackPressureLevel.OK);
                            assertThat(subtask.backPressuredRatio()).isBetween(0.0, 1.0);
                            assertThat(subtask.idleRatio()).isBetween(0.0, 1.0);
                        });
    }

    @Test
    void theConfigurationOfCheckpointsIsShown() {
        CheckpointConfigInfo configuration = answer(flink.checkpoints().configuration(running));

        assertThat(configuration.processingMode()).isEqualTo(ProcessingMode.EXACTLY_ONCE);
        assertThat(configuration.checkpointInterval()).isEqualTo(1_000);
        assertThat(configuration.checkpointTimeout()).isEqualTo(600_000);
        assertThat(configuration.minPauseBetweenCheckpoints()).isZero();
        assertThat(configuration.maxConcurrentCheckpoints()).isOne();
        assertThat(configuration.stateBackend()).contains("HashMapStateBackend");
        assertThat(configuration.checkpointStorage()).contains("JobManagerCheckpointStorage");
        assertThat(configuration.unalignedCheckpoints()).isFalse();
        assertThat(configuration.tolerableFailedCheckpoints()).isZero();
        assertThat(configuration.checkpointsWithFinishedTasks()).isTrue();
        assertThat(configuration.stateChangelog()).isFalse();
    }

    @Test
    void checkpointsAreShownByVertexAndSubtask() {
        CheckpointingStatistics statistics = answer(flink.checkpoints().statistics(running));
        CheckpointStatistics.Completed latest = statistics.latestCheckpoints().completed();
        assertThat(latest.status()).isEqualTo(CheckpointStatsStatus.COMPLETED);
        assertThat(latest.savepoint()).isFalse();
        assertThat(latest.numAckSubtasks()).isEqualTo(2 * PARALLELISM);
        assertThat(latest.stateSize()).isPositive();
        assertThat(latest.latestAckTimestamp()).isGreaterThanOrEqualTo(latest.triggerTimestamp());
        assertThat(statistics.summary().stateSize().maximum()).isPositive();

        JobVertexId vertex = vertex(running, "count");
        CheckpointStatistics details = answer(flink.checkpoints().details(running, latest.id()));
        TaskCheckpointStatisticsWithSubtaskDetails subtasks =
                answer(flink.checkpoints().subtasks(running, latest.id(), vertex));

        assertThat(details).isInstanceOf(CheckpointStatistics.Completed.class);
        assertThat(details.id()).isEqualTo(latest.id());
        TaskCheckpointStatistics task = details.checkpointStatisticsPerTask().get(vertex);
        assertThat(task.numAckSubtasks()).isEqualTo(PARALLELISM);
        assertThat(subtasks.task()).isEqualTo(task);
        assertThat(subtasks.summary().checkpointDuration().synchronous()).isNotNull();
        assertThat(subtasks.subtasks())
                .hasSize(PARALLELISM)
                .allSatisfy(
                        subtask -> {
                            assertThat(subtask)
                                    .isInstanceOf(SubtaskCheckpointStatistics.Completed.class);
                            assertThat(subtask.status()).isEqualTo(SubtaskStatus.COMPLETED);
                        });
    }

    @Test
    void theTaskManagerIsShownInFull() throws Exception {
        TaskManagerDetailsInfo details =
                Await.until(
                        "metrics of the task manager are known",
                        () ->
                                Optional.of(answer(flink.taskManagers().details(taskManager())))
                                        .filter(known -> known.metrics().heapMax() > 0));

        assertThat(details.taskManager().resourceId()).isEqualTo(taskManager());
        assertThat(details.taskManager().address()).contains("taskmanager");
        assertThat(details.taskManager().memoryConfiguration().taskHeap()).isPositive();
        assertThat(details.taskManager().totalResource().cpuCores()).isPositive();
        assertThat(details.metrics().garbageCollectors()).isNotEmpty();
        assertThat(details.allocatedSlots())
                .filteredOn(slot -> running.equals(slot.jobId()))
                .hasSize(PARALLELISM);
    }

    @Test
    void theTaskManagerTellsHowManyTasksItHas() {
        TaskManagerDetailsInfo details = answer(flink.taskManagers().details(taskManager()));

        // Schedulers that do not balance tasks leave it at 0.
        assertThat(details.taskManager().assignedTasks()).isNotNull();
        assertThat(details.allocatedSlots())
                .extracting(SlotInfo::assignedTasks)
                .doesNotContainNull();
    }

    @Test
    void theJobManagerIsShown() {
        assertThat(answer(flink.jobManager().configuration()).entries())
                .extracting(ConfigurationInfoEntry::key)
                .contains("jobmanager.rpc.address");
        EnvironmentInfo environment = answer(flink.jobManager().environment());
        assertThat(environment.jvm().version()).isNotBlank();
        assertThat(environment.jvm().arch()).isNotBlank();
        assertThat(environment.classPath()).isNotEmpty();
        assertThat(answer(flink.jobManager().environment(running)).jvm())
                .isEqualTo(environment.jvm());
    }

    @Test
    void thereAreNoDataSets() {
        assertThat(answer(flink.dataSets().list()).dataSets()).isEmpty();
    }

    private void assertAttempt(
            SubtaskExecutionAttemptDetailsInfo attempt, int number, ExecutionState state) {
        assertThat(attempt.attempt()).isEqualTo(number);
        assertThat(attempt.status()).isEqualTo(state);
        assertThat(attempt.endpoint()).isNotBlank();
        assertThat(attempt.taskManagerId()).isEqualTo(taskManager());
        assertThat(attempt.startTime()).isPositive();
        assertThat(attempt.ioMetricsInfo()).isNotNull();
    }

    private JobId failing(int times) {
        return examples.start(
                JarRunRequestBody.builder()
                        .entryClassName(FailingJob.class.getName())
                        .programArguments(String.valueOf(times))
                        .build());
    }

    private JobVertexId vertex(JobId job, String name) {
        return answer(flink.jobs().details(job)).jobVertexInfos().stream()
                .filter(vertex -> vertex.name().contains(name))
                .map(JobVertexDetailsInfo::jobVertexId)
                .findFirst()
                .orElseThrow();
    }

    private ResourceId taskManager() {
        return answer(flink.taskManagers().list()).taskManagerInfos().get(0).resourceId();
    }

    private static JobDetails of(JobId id, List<JobDetails> jobs) {
        return jobs.stream().filter(job -> job.jobId().equals(id)).findFirst().orElseThrow();
    }

    private static boolean hasCounted(UserAccumulator accumulator) {
        return accumulator.name().equals(ACCUMULATOR) && Long.parseLong(accumulator.value()) > 0;
    }
}
