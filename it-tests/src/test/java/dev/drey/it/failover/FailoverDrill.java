package dev.drey.it.failover;

import static dev.drey.it.cluster.Await.answer;
import static dev.drey.it.cluster.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.async.OperationFailedException;
import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.OutcomeUnknownException;
import dev.drey.client.async.UnknownOperationException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.example.GatedMain;
import dev.drey.it.example.TallyJob;
import dev.drey.it.failover.Ensemble.Seat;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.JarId;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.jars.JarListInfo;
import dev.drey.model.jars.JarListInfo.JarFileInfo;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jars.JarRunResponseBody;
import dev.drey.model.jars.JarUploadResponseBody;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.jobs.MultipleJobsDetails;
import dev.drey.model.jobs.UserAccumulator;
import dev.drey.model.savepoints.SavepointInfo;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import dev.drey.model.savepoints.StopWithSavepointRequestBody;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of a highly available cluster die, freeze and come back, while a job counts and both
 * endpoints are asked all the time.
 *
 * <p>What is shown in each case: the job has lost and doubled nothing; whoever lives has answered,
 * soon and nothing wrong; every future of the SDK has ended as it had to; there are as many
 * savepoints as were asked for.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class FailoverDrill {

    private static final Duration FROZEN = Duration.ofSeconds(20);
    private static final Duration WITHOUT_ZOOKEEPER = Duration.ofSeconds(10);

    /** How long an answer may be kept: web.refresh-interval. */
    private static final Duration OLDEST = Duration.ofSeconds(3);

    private static final long LARGE = 400L << 20;

    private Ensemble ensemble;
    private Recorder recorder;

    @TempDir private Path folder;
    private Path savepoints;
    private Path hold;
    private JobId job;

    @BeforeAll
    void startEverything() throws Exception {
        ensemble = Ensemble.start("drey-failover");
        recorder =
                new Recorder(
                        ensemble.seats().stream().map(Seat::uri).toList(),
                        Artifacts.report("failover-answers.log"));
    }

    @AfterAll
    void endEverything() {
        try (Ensemble ending = ensemble;
                Recorder ended = recorder) {
            // Only to close both, whatever becomes of one.
        }
    }

    @BeforeEach
    void startTheJob() throws Exception {
        savepoints = folder.resolve("savepoints");
        hold = folder.resolve("hold");
        ensemble.mend();
        ensemble.awaitWhole();
        recorder.begin();
        Seat leader = ensemble.leader();
        job =
                answer(
                                leader.flink()
                                        .jars()
                                        .run(
                                                upload(leader),
                                                JarRunRequestBody.builder()
                                                        .entryClassName(TallyJob.class.getName())
                                                        .programArguments(hold.toString())
                                                        .build()))
                        .jobId();
        Await.job(leader.flink(), job).isRunning();
        Await.job(leader.flink(), job).hasCompletedCheckpoint();
        recorder.watch(job.value());
    }

    @Test
    void theLeaderIsKilledWhenItIsIdle() throws Exception {
        Seat leader = ensemble.leader();
        Seat survivor = ensemble.other(leader);

        Instant killed = kill(leader);
        ensemble.leader(survivor);

        assertThat(
                        recorder.answers(
                                answer ->
                                        answer.endpoint().equals(survivor.uri())
                                                && answer.status() == 200
                                                && answer.sent().isAfter(killed.plus(OLDEST))
                                                && answer.came()
                                                        .isBefore(survivor.leadershipSince())))
                .as("answers without a leader, older than a cached one may be")
                .isEmpty();
        restart(leader);
        endsWell(0);
    }

    @Test
    void theLeaderIsKilledDuringASavepoint() throws Exception {
        Seat leader = ensemble.leader();
        Seat survivor = ensemble.other(leader);
        OperationFuture<SavepointInfo> done = savepoint(survivor);
        String location = answer(done.result()).location();

        Files.createFile(hold);
        OperationFuture<SavepointInfo> ofSurvivor = savepoint(survivor);
        OperationFuture<SavepointInfo> ofLeader = savepoint(leader);
        answer(ofSurvivor.acknowledged());
        answer(ofLeader.acknowledged());
        Await.untilTrue("it is on its way", () -> Files.exists(Path.of(hold + TallyJob.HELD)));
        kill(leader);
        Files.delete(hold);

        failure(ofSurvivor.result()).isInstanceOf(OperationFailedException.class);
        failure(survivor.flink().savepoints().resume(job, ofSurvivor.triggerId()).result())
                .isInstanceOf(OperationFailedException.class);
        assertThat(
                        answer(survivor.flink().savepoints().resume(job, done.triggerId()).result())
                                .location())
                .isEqualTo(location);
        restart(leader);
        // The Drey that it was triggered through is dead, and with it what it remembered.
        failure(ofLeader.result()).isInstanceOf(UnknownOperationException.class);
        assertThat(answer(savepoint(survivor).result()).location()).isNotBlank();
        endsWell(2);
    }

    @Test
    void theLeaderIsKilledDuringAnUpload() throws Exception {
        Seat leader = ensemble.leader();
        Seat survivor = ensemble.other(leader);
        Path large = largeJar();
        int before = answer(survivor.flink().jars().list()).jarFileList().size();

        CompletableFuture<JarUploadResponseBody> there = survivor.flink().jars().upload(large);
        CompletableFuture<JarUploadResponseBody> here = leader.flink().jars().upload(large);
        Await.untilTrue("a part of it has come in", () -> partOf(large, leader));
        assertThat(here).isNotDone();
        kill(leader);

        failure(here).isInstanceOf(OutcomeUnknownException.class);
        JarId kept = answer(there).jarId();
        ensemble.leader(survivor);
        assertThat(answer(survivor.flink().jars().list()).jarFileList())
                .hasSize(before + 1)
                .extracting(JarFileInfo::id)
                .contains(kept);
        restart(leader);
        assertThat(answer(leader.flink().jars().list()))
                .as("jars of the JobManager that is back")
                .extracting(JarListInfo::jarFileList)
                .isEqualTo(answer(survivor.flink().jars().list()).jarFileList());
        answer(leader.flink().jars().delete(kept));
        failure(survivor.flink().jars().delete(kept)).hasMessageContaining(kept.value());
        endsWell(0);
    }

    @Test
    void theLeaderIsKilledWhileAProgramRuns() throws Exception {
        Seat leader = ensemble.leader();
        Seat survivor = ensemble.other(leader);
        Path gate = folder.resolve("gate");
        CompletableFuture<JarRunResponseBody> here = runGated(leader, gate, "main-here");
        CompletableFuture<JarRunResponseBody> there = runGated(survivor, gate, "main-there");
        for (String main : List.of("main-here", "main-there")) {
            Await.untilTrue(
                    "main waits", () -> here.isDone() || Files.exists(folder.resolve(main)));
        }

        kill(leader);
        failure(here).isInstanceOf(OutcomeUnknownException.class);
        ensemble.awaitRunning(survivor, job);
        Files.createFile(gate);

        JobId ran = answer(there).jobId();
        Await.job(survivor.flink(), ran).isFinished();
        assertThat(answer(survivor.flink().jobs().list()).jobs())
                .as("jobs that the new leader knows")
                .extracting(known -> known.id())
                .containsExactlyInAnyOrder(job, ran);
        restart(leader);
        endsWell(0);
    }

    @Test
    void theLeaderIsFrozen() throws Exception {
        Seat leader = ensemble.leader();
        Seat survivor = ensemble.other(leader);

        recorder.excuse(leader.uri());
        leader.process().freeze();
        CompletableFuture<Void> overslept = after(FROZEN);
        ensemble.awaitRunning(survivor, job);
        // What the frozen one cannot know.
        Path never = folder.resolve("never");
        JobId news =
                answer(
                                survivor.flink()
                                        .jars()
                                        .run(
                                                upload(survivor),
                                                JarRunRequestBody.builder()
                                                        .entryClassName(TallyJob.class.getName())
                                                        .programArguments(never.toString())
                                                        .build()))
                        .jobId();
        Await.job(survivor.flink(), news).isRunning();
        // What it finds when it wakes up.
        CompletableFuture<MultipleJobsDetails> question = leader.flink().jobs().overview();
        CompletableFuture<EmptyResponseBody> order = leader.flink().jobs().cancel(job);
        overslept.join();

        Instant thawed = Instant.now();
        leader.process().thaw();
        for (CompletableFuture<?> asked : List.of(question, order)) {
            failure(asked)
                    .isInstanceOfSatisfying(
                            FlinkRestException.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(503));
        }
        Await.untilTrue("the ex-leader knows that it is none", () -> !leader.leads());
        ensemble.awaitWhole();

        assertThat(
                        recorder.answersSince(thawed).stream()
                                .filter(answer -> answer.endpoint().equals(leader.uri()))
                                .filter(answer -> answer.path().equals("/jobs/overview"))
                                .filter(answer -> answer.status() == 200)
                                .filter(answer -> !answer.body().contains(news.value())))
                .as("answers of a leader that is none")
                .isEmpty();
        answer(survivor.flink().jobs().cancel(news));
        Await.job(survivor.flink(), news).isCanceled();
        recorder.expect(leader.uri());
        endsWell(0);
    }

    @Test
    void aTaskManagerIsKilled() throws Exception {
        Seat leader = ensemble.leader();
        String killed = taskManagerOfTheJob(leader);
        ensemble.cluster().killTaskManager(killed);
        Await.untilTrue(
                "the cluster knows",
                () -> answer(leader.flink().cluster().overview()).taskManagers() == 1);
        ensemble.awaitRunning(leader, job);
        Await.untilTrue(
                "the job runs on the other", () -> !taskManagerOfTheJob(leader).equals(killed));
        ensemble.cluster().startTaskManager(killed);
        endsWell(0);
    }

    @Test
    void zooKeeperIsAway() throws Exception {
        ensemble.cluster().stopZooKeeper();
        after(WITHOUT_ZOOKEEPER).join();
        ensemble.cluster().startZooKeeper();
        endsWell(0);
    }

    @Test
    void bothJobManagersAreRestarted() throws Exception {
        ensemble.seats().forEach(this::kill);
        ensemble.seats().forEach(Seat::start);
        for (Seat seat : ensemble.seats()) {
            seat.process().awaitReady();
            recorder.expect(seat.uri());
        }
        endsWell(0);
    }

    @Test
    void whoeverLeadsIsKilledThreeTimes() throws Exception {
        for (int times = 0; times < 3; times++) {
            Seat leader = ensemble.leader();
            kill(leader);
            ensemble.leader(ensemble.other(leader));
            restart(leader);
        }
        endsWell(0);
    }

    @AfterEach
    void tellWhatWasAnswered(TestInfo drill) {
        System.out.printf("%s%n%s%n", drill.getDisplayName(), recorder.summary());
    }

    private Instant kill(Seat seat) {
        recorder.excuse(seat.uri());
        seat.kill();
        return Instant.now();
    }

    private void restart(Seat seat) throws Exception {
        seat.start();
        seat.process().awaitReady();
        recorder.expect(seat.uri());
    }

    /** What holds after each case. */
    private void endsWell(int askedFor) throws Exception {
        for (Seat seat : ensemble.seats()) {
            ensemble.awaitRunning(seat, job);
        }
        ensemble.awaitWhole();
        Seat leader = ensemble.leader();
        Await.job(leader.flink(), job).hasCompletedCheckpoint();
        assertThat(
                        answer(
                                        ensemble.other(leader)
                                                .flink()
                                                .savepoints()
                                                .stop(
                                                        job,
                                                        new StopWithSavepointRequestBody(
                                                                savepoints.toUri().toString(),
                                                                true,
                                                                null,
                                                                null))
                                                .result())
                                .location())
                .isNotBlank();
        Await.job(leader.flink(), job).isFinished();
        // Both are of the same execution graph, which is as old as the endpoint may keep it.
        Await.untilTrue(
                "its graph says so, too",
                () -> answer(leader.flink().jobs().details(job)).jobStatus() == JobStatus.FINISHED);
        Map<String, Long> tally =
                answer(leader.flink().jobs().accumulators(job, false)).userAccumulators().stream()
                        .collect(
                                Collectors.toMap(
                                        UserAccumulator::name,
                                        accumulator -> Long.valueOf(accumulator.value())));
        assertThat(tally.get(TallyJob.COUNTED))
                .as("numbers that were counted, of those that were sent")
                .isPositive()
                .isEqualTo(tally.get(TallyJob.SENT));
        assertThat(savepointsOnDisk()).isEqualTo(askedFor + 1L);
        recorder.forget();
        assertThat(recorder.wrong()).as("wrong answers").isEmpty();
        for (Seat seat : ensemble.seats()) {
            assertThat(recorder.successes(seat.uri())).as("successes of %s", seat).isPositive();
        }
    }

    /** It has one slot. */
    private String taskManagerOfTheJob(Seat seat) {
        JobVertexId counting =
                answer(seat.flink().jobs().details(job)).jobVertexInfos().get(1).jobVertexId();
        return answer(seat.flink().vertices().taskManagers(job, counting)).taskManagers().stream()
                .map(those -> those.taskManagerId().value())
                .findFirst()
                .orElseThrow();
    }

    private OperationFuture<SavepointInfo> savepoint(Seat seat) {
        return seat.flink()
                .savepoints()
                .trigger(
                        job,
                        new SavepointTriggerRequestBody(
                                savepoints.toUri().toString(), null, null, null));
    }

    private long savepointsOnDisk() throws IOException {
        try (Stream<Path> all = Files.list(savepoints)) {
            return all.filter(one -> Files.exists(one.resolve("_metadata"))).count();
        }
    }

    private static JarId upload(Seat seat) {
        return answer(seat.flink().jars().upload(Artifacts.jobJar())).jarId();
    }

    private CompletableFuture<JarRunResponseBody> runGated(Seat seat, Path gate, String begun) {
        return seat.flink()
                .jars()
                .run(
                        upload(seat),
                        JarRunRequestBody.builder()
                                .entryClassName(GatedMain.class.getName())
                                .programArguments(gate.toString(), folder.resolve(begun).toString())
                                .build());
    }

    /** A jar that takes a while to come in. */
    private Path largeJar() throws IOException {
        Path jar = folder.resolve("large.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            out.putNextEntry(new JarEntry("large"));
            byte[] piece = new byte[1 << 20];
            for (long written = 0; written < LARGE; written += piece.length) {
                out.write(piece);
            }
            out.closeEntry();
        }
        return jar;
    }

    private static boolean partOf(Path large, Seat seat) throws IOException {
        long whole = Files.size(large);
        try (Stream<Path> files = Files.walk(seat.process().temporaryFolder())) {
            return files.map(Path::toFile)
                    .filter(file -> file.isFile())
                    .mapToLong(file -> file.length())
                    .anyMatch(length -> length > whole / 100 && length < whole);
        }
    }

    private static CompletableFuture<Void> after(Duration time) {
        return CompletableFuture.runAsync(
                () -> {},
                CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS));
    }
}
