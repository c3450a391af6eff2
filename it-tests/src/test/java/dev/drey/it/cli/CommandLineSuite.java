package dev.drey.it.cli;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.FlinkCommandLine;
import dev.drey.it.example.CountingJob;
import dev.drey.it.example.FailingMain;
import dev.drey.it.example.ShortJob;
import dev.drey.it.example.SummingJob;
import dev.drey.model.JobId;
import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.JobIdsWithStatusOverview.JobIdWithStatus;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
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

/** Flink's command line and what it shows to whoever uses it. */
@Timeout(240)
abstract class CommandLineSuite {

    private static final String JAR = Artifacts.jobJar().toString();
    private static final Pattern SUBMITTED =
            Pattern.compile("Job has been submitted with JobID ([0-9a-f]{32})");

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
                        "cancelled with result CANCELED");
        assertThat(answer(flink.jobs().list()).jobs())
                .extracting(JobIdWithStatus::status)
                .contains(JobStatus.FINISHED, JobStatus.CANCELED);
    }

    private JobId submitted(String... arguments) {
        return idIn(command.call(arguments).succeeded());
    }

    private static JobId idIn(String output) {
        Matcher line = SUBMITTED.matcher(output);
        assertThat(line.find()).as(output).isTrue();
        return new JobId(line.group(1));
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
