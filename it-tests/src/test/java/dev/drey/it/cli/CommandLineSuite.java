package dev.drey.it.cli;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.FlinkCommandLine;
import dev.drey.it.example.CollectingJob;
import dev.drey.it.example.CountingJob;
import dev.drey.it.example.FailingMain;
import dev.drey.it.example.LedgerJob;
import dev.drey.it.example.ShortJob;
import dev.drey.it.example.SummingJob;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.JobIdsWithStatusOverview.JobIdWithStatus;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink's command line and what it shows to whoever uses it. */
@Timeout(240)
abstract class CommandLineSuite {

    private static final String JAR = Artifacts.jobJar().toString();
    private static final Pattern SUBMITTED =
            Pattern.compile("Job has been submitted with JobID ([0-9a-f]{32})");
    private static final Pattern COMPLETED = Pattern.compile("Savepoint completed\\. Path: (\\S+)");

    private final FlinkMonitoringClient flink;
    private final FlinkCommandLine command;

    CommandLineSuite(Cluster cluster) {
        flink = cluster.client();
        command = FlinkCommandLine.of(cluster, "cli-" + cluster.getClass().getSimpleName());
    }

    @AfterEach
    void cleanUp() throws Exception {
        try (flink) {
            for (JobIdWithStatus job : answer(flink.jobs().list()).jobs()) {
                if (!job.status().isGloballyTerminal()) {
                    answer(flink.jobs().cancel(job.id()));
                    Await.job(flink, job.id()).isCanceled();
                }
            }
        }
    }

    @Test
    void detachedJobIsListedUntilItIsCancelled() throws Exception {
        JobId job = submitted("run", "-d", "-p", "2", "-c", CountingJob.class.getName(), JAR);
        Await.job(flink, job).isRunning();

        assertThat(answer(flink.jobs().configuration(job)).executionConfigInfo().parallelism())
                .isEqualTo(2);
        assertThat(command.call("list").succeeded())
                .contains("Running/Restarting Jobs", job + " : " + CountingJob.NAME + " (RUNNING)");
        assertThat(command.call("list", "-r").succeeded()).contains(job.value());

        assertThat(command.call("cancel", job.value()).succeeded())
                .contains("Cancelled job " + job);
        Await.job(flink, job).isCanceled();

        assertThat(command.call("list", "-r").succeeded()).contains("No running jobs");
        assertThat(command.call("list", "-a").succeeded())
                .contains(job + " : " + CountingJob.NAME + " (CANCELED)");
    }

    @Test
    void attachedJobIsAwaitedAndItsAccumulatorsAreShown(@TempDir Path folder) throws Exception {
        Path factor = Files.writeString(folder.resolve("factor"), "2");

        String output =
                command.call(
                                "run",
                                "-p",
                                "2",
                                "-D",
                                "pipeline.cached-files=name:factor,path:'%s'"
                                        .formatted(factor.toUri()),
                                "-c",
                                SummingJob.class.getName(),
                                JAR,
                                "10",
                                "factor")
                        .succeeded();

        JobId job = idIn(output);
        assertThat(output)
                .contains("Job with JobID " + job + " has finished.", "Accumulator Results:")
                .contains("- " + SummingJob.SUM + " (java.lang.Long): 110");
        Await.job(flink, job).isFinished();
    }

    @Test
    void stateThatFitsNoOperatorIsDroppedOnlyWhereThatIsAllowed(@TempDir Path savepoints)
            throws Exception {
        JobId job = submitted("run", "-d", "-c", CountingJob.class.getName(), JAR);
        Await.job(flink, job).isRunning();
        String savepoint =
                answer(
                                flink.savepoints()
                                        .trigger(
                                                job,
                                                new SavepointTriggerRequestBody(
                                                        savepoints.toUri().toString(),
                                                        null,
                                                        null,
                                                        null))
                                        .result())
                        .location();

        assertThat(
                        command.call("run", "-s", savepoint, "-c", ShortJob.class.getName(), JAR)
                                .failed())
                .contains("--allowNonRestoredState");
        command.call("run", "-n", "-s", savepoint, "-c", ShortJob.class.getName(), JAR).succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"canonical", "native"})
    void stateGoesOnFromWhereItWasSaved(String format, @TempDir Path folder) throws Exception {
        String place = folder.toUri().toString();
        JobId job = running(LedgerJob.class);

        String saved = command.call("savepoint", "-type", format, job.value(), place).succeeded();
        String savepoint = pathIn(saved);
        assertThat(saved.lines())
                .endsWith(
                        "Triggering savepoint for job " + job + ".",
                        "Waiting for response...",
                        "Savepoint completed. Path: " + savepoint,
                        "You can resume your program from this savepoint with the run command.");
        assertThat(savepointOf(job, savepoint).savepointFormat()).isEqualToIgnoringCase(format);

        String stopped =
                command.call("stop", "-type", format, "-p", place, job.value()).succeeded();
        String end = pathIn(stopped);
        assertThat(stopped.lines())
                .endsWith(
                        "Suspending job \"%s\" with a %s savepoint."
                                .formatted(job, format.toUpperCase(Locale.ROOT)),
                        "Triggering stop-with-savepoint for job " + job + ".",
                        "Waiting for response...",
                        "Savepoint completed. Path: " + end);
        Await.job(flink, job).isFinished();
        assertThat(accumulator(job, LedgerJob.LOWEST)).isEqualTo(1);
        assertThat(accumulator(job, LedgerJob.CLOSED)).isZero();

        JobId next = submitted("run", "-d", "-s", end, "-c", LedgerJob.class.getName(), JAR);
        Await.job(flink, next).isRunning();
        assertThat(
                        Await.job(flink, next)
                                .isRestored()
                                .latestCheckpoints()
                                .restored()
                                .externalPath())
                .isEqualTo(end);
        hasCounted(next);
        String drained =
                command.call("stop", "--drain", "-type", format, "-p", place, next.value())
                        .succeeded();
        assertThat(drained.lines())
                .endsWith(
                        "Draining job \"%s\" with a %s savepoint."
                                .formatted(next, format.toUpperCase(Locale.ROOT)),
                        "Triggering stop-with-savepoint for job " + next + ".",
                        "Waiting for response...",
                        "Savepoint completed. Path: " + pathIn(drained));
        Await.job(flink, next).isFinished();
        assertThat(accumulator(next, LedgerJob.LOWEST)).isGreaterThan(1);
        assertThat(accumulator(next, LedgerJob.CLOSED)).isEqualTo(1);

        assertThat(command.call("savepoint", "-d", savepoint).succeeded().lines())
                .endsWith(
                        "Disposing savepoint '" + savepoint + "'.",
                        "Waiting for response...",
                        "Savepoint '" + savepoint + "' disposed.");
        assertThat(Path.of(URI.create(savepoint))).doesNotExist();
        assertThat(command.call("savepoint", "-d", savepoint).failed())
                .contains("Failed to dispose the savepoint '" + savepoint + "'");
    }

    @Test
    void savepointNeedNotBeAwaited(@TempDir Path folder) throws Exception {
        String place = folder.toUri().toString();
        JobId job = running(LedgerJob.class);

        TriggerId savepoint =
                triggerIn(
                        command.call("savepoint", "-detached", job.value(), place).succeeded(),
                        "Successfully trigger manual savepoint, triggerId: ");
        assertThat(answer(flink.savepoints().resume(job, savepoint).result()).location())
                .startsWith("file:");

        TriggerId stop =
                triggerIn(
                        command.call("stop", "-detached", "-p", place, job.value()).succeeded(),
                        "Successfully trigger stop-with-savepoint in detached mode, triggerId: ");
        assertThat(answer(flink.savepoints().resume(job, stop).result()).location())
                .startsWith("file:");
        Await.job(flink, job).isFinished();
    }

    @Test
    void checkpointIsTakenAndThenTheJobIsCancelledWithASavepoint(@TempDir Path folder)
            throws Exception {
        JobId job = running(LedgerJob.class);

        assertThat(command.call("checkpoint", job.value()).succeeded())
                .containsPattern("Checkpoint \\d+ for job " + job + " completed\\.");
        assertThat(command.call("checkpoint", "-full", job.value()).succeeded())
                .containsPattern("Checkpoint\\(FULL\\) \\d+ for job " + job + " completed\\.");

        assertThat(command.call("cancel", "-s", folder.toUri().toString(), job.value()).succeeded())
                .containsPattern("Cancelled job " + job + "\\. Savepoint stored in file:\\S+\\.");
        Await.job(flink, job).isCanceled();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "savepoint deadbeefdeadbeefdeadbeefdeadbeef file:///nowhere",
                "stop -p file:///nowhere deadbeefdeadbeefdeadbeefdeadbeef",
                "checkpoint deadbeefdeadbeefdeadbeefdeadbeef"
            })
    void jobThatIsUnknownIsNamedAsTheCause(String call) {
        assertThat(command.call(call.split(" ")).failed())
                .contains(
                        "org.apache.flink.util.FlinkException: ",
                        "Caused by: ",
                        "Could not find Flink job (deadbeefdeadbeefdeadbeefdeadbeef)");
    }

    @Test
    void savepointNeedsAPlace() throws Exception {
        JobId job = running(LedgerJob.class);

        assertThat(command.call("savepoint", job.value()).failed())
                .contains(
                        "Failed to trigger a savepoint for the job " + job,
                        "execution.checkpointing.savepoint-dir");
        assertThat(command.call("stop", job.value()).failed())
                .contains(
                        "Could not stop with a savepoint job \"" + job + "\"",
                        "execution.checkpointing.savepoint-dir");
        Await.job(flink, job).isRunning();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--parallelism 2", "--detached", "--shutdownOnAttachedExit"})
    void resultsAreCollected(String how) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(List.of(how.split(" ")));
        arguments.addAll(List.of("-c", CollectingJob.class.getName(), JAR, "5"));

        assertThat(command.call(arguments.toArray(String[]::new)).succeeded().lines())
                .filteredOn(line -> line.startsWith(CollectingJob.LINE))
                .containsExactlyInAnyOrder(
                        CollectingJob.LINE + 1,
                        CollectingJob.LINE + 4,
                        CollectingJob.LINE + 9,
                        CollectingJob.LINE + 16,
                        CollectingJob.LINE + 25);
    }

    @Test
    void classesMayComeFromFurtherJars(@TempDir Path folder) throws Exception {
        String borrowed = "dev/drey/it/example/CountPerKey.class";
        Path lacking = copy(folder.resolve("lacking.jar"), name -> !name.equals(borrowed));
        Path lending = copy(folder.resolve("lending.jar"), borrowed::equals);
        String program = ShortJob.class.getName();

        assertThat(command.call("run", "-c", program, lacking.toString()).failed())
                .contains("CountPerKey");
        command.call("run", "-C", lending.toUri().toString(), "-c", program, lacking.toString())
                .succeeded();
    }

    @Test
    void planOfAJobIsShown() {
        assertThat(command.call("info", "-c", CountingJob.class.getName(), JAR).succeeded())
                .contains("Execution Plan", "\"nodes\"", "numbers", "count");
    }

    @Test
    void failureOfMainIsShownAndNothingIsSubmitted() {
        List<JobDetails> before = answer(flink.jobs().overview()).jobs();

        assertThat(command.call("run", "-c", FailingMain.class.getName(), JAR).failed())
                .contains(FailingMain.COMPLAINT);
        assertThat(answer(flink.jobs().overview()).jobs())
                .extracting(JobDetails::jobId)
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().map(JobDetails::jobId).toList());
    }

    @Test
    void jobThatIsUnknownCannotBeCancelled() {
        assertThat(command.call("cancel", "deadbeefdeadbeefdeadbeefdeadbeef").failed())
                .contains("deadbeefdeadbeefdeadbeefdeadbeef");
    }

    @Test
    void programsUseFlinksClient() throws Exception {
        String said =
                command.program(ClusterClientProgram.class, Artifacts.testClasses(), JAR)
                        .succeeded();

        assertThat(said.lines())
                .filteredOn(line -> line.startsWith(ClusterClientProgram.PREFIX))
                .extracting(line -> line.substring(ClusterClientProgram.PREFIX.length()))
                .containsExactly(
                        "result FINISHED",
                        "accumulators {sum=55}",
                        "status FINISHED",
                        "runs " + CountingJob.NAME,
                        "listed as RUNNING",
                        "refused true",
                        "cancelled with result CANCELED",
                        "Flink 2.3.0",
                        "data sets []",
                        "collected [1, 2, 3]");
        assertThat(answer(flink.jobs().list()).jobs())
                .extracting(JobIdWithStatus::status)
                .contains(JobStatus.FINISHED, JobStatus.CANCELED);
    }

    private JobId submitted(String... arguments) {
        return idIn(command.call(arguments).succeeded());
    }

    private JobId running(Class<?> program) throws Exception {
        JobId job = submitted("run", "-d", "-c", program.getName(), JAR);
        Await.job(flink, job).isRunning();
        hasCounted(job);
        return job;
    }

    /** It counts many numbers in the time of a few checkpoints. */
    private void hasCounted(JobId job) throws Exception {
        Await.untilTrue(
                "job %s has completed checkpoints".formatted(job),
                () -> answer(flink.checkpoints().statistics(job)).counts().completed() > 5);
    }

    private CheckpointStatistics.Completed savepointOf(JobId job, String path) throws Exception {
        return Await.until(
                "savepoint %s is among the statistics".formatted(path),
                () ->
                        Optional.ofNullable(
                                        answer(flink.checkpoints().statistics(job))
                                                .latestCheckpoints()
                                                .savepoint())
                                .filter(latest -> latest.externalPath().equals(path)));
    }

    private long accumulator(JobId job, String name) {
        return answer(flink.jobs().accumulators(job, false)).userAccumulators().stream()
                .filter(accumulator -> accumulator.name().equals(name))
                .mapToLong(accumulator -> Long.parseLong(accumulator.value()))
                .findFirst()
                .orElseThrow();
    }

    private static String pathIn(String output) {
        return found(COMPLETED, output);
    }

    private static TriggerId triggerIn(String output, String before) {
        return new TriggerId(found(Pattern.compile(before + "([0-9a-f]{32})"), output));
    }

    private static String found(Pattern pattern, String output) {
        Matcher line = pattern.matcher(output);
        assertThat(line.find()).as(output).isTrue();
        return line.group(1);
    }

    private static JobId idIn(String output) {
        return new JobId(found(SUBMITTED, output));
    }

    /** A jar of those classes of the example programs whose names are wanted. */
    private static Path copy(Path jar, Predicate<String> wanted) throws IOException {
        try (JarFile all = new JarFile(Artifacts.jobJar().toFile());
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream some = new JarOutputStream(file)) {
            Enumeration<JarEntry> entries = all.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class") && wanted.test(entry.getName())) {
                    some.putNextEntry(new JarEntry(entry.getName()));
                    all.getInputStream(entry).transferTo(some);
                }
            }
        }
        return jar;
    }
}
