package dev.drey.it.tools;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.CountingJob;
import dev.drey.it.example.ShortJob;
import dev.drey.model.JarId;
import dev.drey.model.JobId;
import dev.drey.model.jars.JarListInfo.JarFileInfo;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs do on a live cluster what they are for. */
abstract class ExamplesSuite {

    private final Cluster cluster;
    private final FlinkMonitoringClient flink;
    @TempDir private Path folder;
    private ExampleJobs examples;

    ExamplesSuite(Cluster cluster) {
        this.cluster = cluster;
        flink = cluster.client();
    }

    @BeforeEach
    void upload() {
        examples = ExampleJobs.upload(flink);
    }

    @AfterEach
    void cleanUp() throws Exception {
        try (flink) {
            examples.close();
        }
    }

    @Test
    void jobsAreListed() throws Exception {
        JobId job = running();

        assertThat(outputOf(ListJobs.class))
                .contains("%s RUNNING %s".formatted(job, CountingJob.NAME));
    }

    @Test
    void whatHappensToAJobIsTold() throws Exception {
        JobId job = running();

        try (ProgramRun watch = start(WatchJob.class, job)) {
            watch.says("COMPLETED");
            answer(flink.jobs().cancel(job));

            assertThat(watch.wholeOutput())
                    .startsWith("is RUNNING")
                    .endsWith("is CANCELED")
                    .anyMatch(line -> line.matches("checkpoint \\d+ COMPLETED"));
        }
    }

    @Test
    void latestCheckpointIsTold() throws Exception {
        JobId job = running();
        Await.job(flink, job).hasCompletedCheckpoint();

        assertThat(outputOf(LatestCheckpoint.class, job))
                .singleElement()
                .asString()
                .matches("checkpoint [1-9]\\d*: [1-9]\\d* bytes in \\d+ ms, at \\S+");
    }

    @Test
    void backPressureOfEveryVertexIsTold() throws Exception {
        JobId job = running();

        // A cluster that was not asked before has no metrics yet, and says nothing of them.
        Await.untilTrue(
                "the back pressure of both vertices is known",
                () -> {
                    List<String> output = outputOf(BackPressure.class, job);
                    assertThat(output)
                            .filteredOn(line -> !line.startsWith(" "))
                            .hasSize(2)
                            .first()
                            .asString()
                            .contains("numbers");
                    return output.stream()
                                    .filter(
                                            line ->
                                                    line.matches(
                                                            "  \\d+ ms of each second,"
                                                                    + " at most \\d+ ms"))
                                    .count()
                            == 2;
                });
    }

    @Test
    void jobIsStoppedWithASavepoint() throws Exception {
        JobId job = running();

        List<String> output = outputOf(SavepointAndStop.class, job, folder.toUri());

        assertThat(output)
                .hasSize(2)
                .satisfies(
                        lines -> assertThat(lines.get(0)).startsWith("to go on with it: "),
                        lines -> assertThat(lines.get(1)).startsWith("savepoint at "));
        String location = output.get(1).substring("savepoint at ".length());
        assertThat(Path.of(URI.create(location).getPath()).resolve("_metadata")).isNotEmptyFile();
        Await.job(flink, job).isFinished();
    }

    @Test
    void jarIsRunUntilItsJobEnds() throws Exception {
        List<JarId> before = jars();

        List<String> output = outputOf(RunJar.class, Artifacts.jobJar(), ShortJob.class.getName());

        assertThat(output).hasSize(2).endsWith("is FINISHED");
        JobId job = JobId.fromString(output.get(0).substring("runs as ".length()));
        Await.job(flink, job).isFinished();
        List<JarId> uploaded = jars();
        uploaded.removeAll(before);
        uploaded.forEach(jar -> answer(flink.jars().delete(jar)));
    }

    private JobId running() throws Exception {
        JobId job = examples.start(CountingJob.class);
        Await.job(flink, job).isRunning();
        return job;
    }

    private List<JarId> jars() {
        return new ArrayList<>(
                answer(flink.jars().list()).jarFileList().stream().map(JarFileInfo::id).toList());
    }

    private ProgramRun start(Class<?> program, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = cluster.uri();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return ProgramRun.start(folder, program, all);
    }

    private List<String> outputOf(Class<?> program, Object... arguments) {
        try (ProgramRun run = start(program, arguments)) {
            return run.wholeOutput();
        }
    }
}
