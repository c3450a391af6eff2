package dev.drey.it.jobs;

import static dev.drey.it.cluster.Await.answer;
import static dev.drey.it.cluster.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.async.OperationFailedException;
import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.UnknownOperationException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.CountingJob;
import dev.drey.it.example.FailingJob;
import dev.drey.model.IntermediateDataSetId;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationInfo;
import dev.drey.model.checkpoints.CheckpointInfo;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.checkpoints.CheckpointTriggerRequestBody;
import dev.drey.model.checkpoints.CheckpointType;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jars.RecoveryClaimMode;
import dev.drey.model.jobs.JobEvent;
import dev.drey.model.jobs.JobEvent.StatusChanged;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.savepoints.SavepointFormatType;
import dev.drey.model.savepoints.SavepointInfo;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import dev.drey.model.savepoints.StopWithSavepointRequestBody;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with jobs and takes its time, through the SDK alone. */
public abstract class JobOperationsSuite {

    @TempDir private Path folder;

    private final Cluster cluster;
    private final FlinkMonitoringClient flink;
    private ExampleJobs examples;

    protected JobOperationsSuite(Cluster cluster) {
        this.cluster = cluster;
        flink = cluster.client();
    }

    @BeforeEach
    void upload() {
        examples = ExampleJobs.upload(flink, cluster.jobJar());
    }

    @AfterEach
    void cleanUp() throws Exception {
        try (flink) {
            examples.close();
        }
    }

    @Test
    void aTriggerIdThatIsAskedForTwiceIsOneSavepoint() throws Exception {
        JobId job = runningJob();
        SavepointTriggerRequestBody request =
                new SavepointTriggerRequestBody(
                        folder.toUri().toString(), null, null, TriggerId.random());

        OperationFuture<SavepointInfo> first = flink.savepoints().trigger(job, request);
        OperationFuture<SavepointInfo> again = flink.savepoints().trigger(job, request);

        assertThat(first.triggerId()).isEqualTo(request.triggerId());
        assertThat(answer(first.acknowledged())).isEqualTo(request.triggerId());
        assertThat(answer(again.result())).isEqualTo(answer(first.result()));
        try (Stream<Path> savepoints = Files.list(folder)) {
            assertThat(savepoints).hasSize(1);
        }
    }

    @Test
    void aSavepointIsOfTheFormatThatWasAskedFor() throws Exception {
        JobId job = runningJob();

        answer(
                flink.savepoints()
                        .trigger(
                                job,
                                new SavepointTriggerRequestBody(
                                        folder.toUri().toString(),
                                        null,
                                        SavepointFormatType.NATIVE,
                                        null))
                        .result());

        assertThat(
                        Await.until(
                                        "the savepoint is in the statistics",
                                        () ->
                                                Optional.ofNullable(
                                                        answer(flink.checkpoints().statistics(job))
                                                                .latestCheckpoints()
                                                                .savepoint()))
                                .savepointFormat())
                .isEqualTo("NATIVE");
    }

    @Test
    void aSavepointThatCannotBeWrittenFails() throws Exception {
        JobId job = runningJob();
        Path file = Files.createFile(folder.resolve("no-folder"));

        failure(
                        flink.savepoints()
                                .trigger(
                                        job,
                                        new SavepointTriggerRequestBody(
                                                file.toUri().toString(), null, null, null))
                                .result())
                .isInstanceOfSatisfying(
                        OperationFailedException.class,
                        failed -> {
                            assertThat(failed.className()).isNotBlank();
                            assertThat(failed.stackTraceText()).contains("no-folder");
                        });
    }

    @Test
    void aStoppedJobGoesOnFromItsSavepoint() throws Exception {
        JobId first = runningJob();
        StopWithSavepointRequestBody request =
                new StopWithSavepointRequestBody(
                        folder.toUri().toString(), false, null, TriggerId.random());

        OperationFuture<SavepointInfo> stop = flink.savepoints().stop(first, request);
        assertThat(stop.triggerId()).isEqualTo(request.triggerId());
        String location = answer(stop.result()).location();
        Await.job(flink, first).isFinished();

        JobId second =
                examples.start(
                        JarRunRequestBody.builder()
                                .savepointPath(location)
                                .recoveryClaimMode(RecoveryClaimMode.NO_CLAIM)
                                .build());
        Await.job(flink, second).isRunning();
        assertThat(
                        Await.job(flink, second)
                                .isRestored()
                                .latestCheckpoints()
                                .restored()
                                .externalPath())
                .isEqualTo(location);
    }

    @Test
    void aSavepointThatAJobClaimsIsDeletedByIt() throws Exception {
        JobId first = runningJob();
        String location =
                answer(
                                flink.savepoints()
                                        .stop(
                                                first,
                                                new StopWithSavepointRequestBody(
                                                        folder.toUri().toString(),
                                                        null,
                                                        null,
                                                        null))
                                        .result())
                        .location();
        Await.job(flink, first).isFinished();

        examples.start(
                JarRunRequestBody.builder()
                        .savepointPath(location)
                        .recoveryClaimMode(RecoveryClaimMode.CLAIM)
                        .build());

        Await.untilTrue(
                "the job has deleted the savepoint that a checkpoint took the place of",
                () -> Files.notExists(Path.of(URI.create(location).getPath())));
    }

    @Test
    void aSavepointIsDisposedOfOnce() throws Exception {
        JobId job = runningJob();
        String location =
                answer(
                                flink.savepoints()
                                        .trigger(
                                                job,
                                                new SavepointTriggerRequestBody(
                                                        folder.toUri().toString(),
                                                        null,
                                                        null,
                                                        null))
                                        .result())
                        .location();

        OperationFuture<AsynchronousOperationInfo> disposal = flink.savepoints().dispose(location);
        answer(disposal.result());

        assertThat(Path.of(URI.create(location).getPath())).doesNotExist();
        TriggerId id = answer(disposal.acknowledged());
        answer(flink.savepoints().resumeDisposal(id).result());
        failure(flink.savepoints().dispose(location).result())
                .isInstanceOf(OperationFailedException.class);
    }

    @Test
    void aCheckpointIsTakenAndFoundAgain() throws Exception {
        JobId job = runningJob();
        CheckpointTriggerRequestBody request =
                new CheckpointTriggerRequestBody(CheckpointType.FULL, TriggerId.random());

        OperationFuture<CheckpointInfo> checkpoint = flink.checkpoints().trigger(job, request);
        assertThat(checkpoint.triggerId()).isEqualTo(request.triggerId());
        long id = answer(checkpoint.result()).checkpointId();

        assertThat(answer(flink.checkpoints().resume(job, request.triggerId()).result()))
                .isEqualTo(CheckpointInfo.completed(id));
        Await.untilTrue(
                "the checkpoint is in the statistics",
                () ->
                        answer(flink.checkpoints().statistics(job)).history().stream()
                                .filter(CheckpointStatistics.Completed.class::isInstance)
                                .anyMatch(one -> one.id() == id));
    }

    @Test
    void theDeletionOfADataSetThatIsNotThereEnds() {
        assertThat(
                        answer(
                                flink.dataSets()
                                        .delete(new IntermediateDataSetId("deadbeef".repeat(4)))
                                        .result()))
                .isNotNull();
    }

    @Test
    void theClientOfAJobSaysThatItIsThere() throws Exception {
        JobId job = runningJob();

        answer(flink.jobs().reportClientHeartbeat(job, Instant.now().plus(Duration.ofDays(1))));

        assertThat(answer(flink.jobs().status(job)).status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void whoWatchesAFailingJobIsToldOfRestartAndFailure() throws Exception {
        JobId job =
                examples.start(
                        JarRunRequestBody.builder()
                                .entryClassName(FailingJob.class.getName())
                                .programArguments("2")
                                .build());

        List<JobEvent> told = answer(JobDiary.of(flink.jobs().watch(job)).whole());

        assertThat(told)
                .filteredOn(StatusChanged.class::isInstance)
                .last()
                .extracting(StatusChanged.class::cast)
                .satisfies(
                        end -> {
                            assertThat(end.to()).isEqualTo(JobStatus.FAILED);
                            assertThat(end.cause().stacktrace()).contains("as it was told");
                        });
    }

    @Test
    void operationsThatNobodyTriggeredAre404() throws Exception {
        JobId job = runningJob();

        requireUnknown(flink.savepoints().resume(job, TriggerId.random()).result());
        requireUnknown(flink.savepoints().resumeDisposal(TriggerId.random()).result());
        requireUnknown(flink.dataSets().resumeDeletion(TriggerId.random()).result());
    }

    @Test
    void aCheckpointThatNobodyTriggeredIs404() throws Exception {
        requireUnknown(flink.checkpoints().resume(runningJob(), TriggerId.random()).result());
    }

    private static void requireUnknown(CompletableFuture<?> operation) {
        failure(operation)
                .isInstanceOf(UnknownOperationException.class)
                .cause()
                .isInstanceOfSatisfying(
                        FlinkRestException.class,
                        refusal -> {
                            assertThat(refusal.status()).as(refusal.getMessage()).isEqualTo(404);
                            assertThat(refusal.errors()).isNotEmpty();
                        });
    }

    private JobId runningJob() throws Exception {
        JobId job = examples.start(CountingJob.class);
        Await.job(flink, job).isRunning();
        return job;
    }
}
