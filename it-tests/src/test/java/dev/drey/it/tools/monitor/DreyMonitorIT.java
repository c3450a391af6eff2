package dev.drey.it.tools.monitor;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.CountingJob;
import dev.drey.it.example.PausingJob;
import dev.drey.model.JobId;
import dev.drey.model.savepoints.StopWithSavepointRequestBody;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jline.terminal.Attributes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole monitor, from keys to the screen. */
@ExtendWith(Clusters.class)
class DreyMonitorIT {

    private static final int COLUMNS = 120;
    private static final int ROWS = 12;
    private static final String CTRL_C = "\003";
    private static final String DOWN = "\033[B";

    private final DreyCluster cluster;
    private final FlinkMonitoringClient flink;
    @TempDir private Path folder;
    private ExampleJobs examples;
    private TerminalScreen screen;

    DreyMonitorIT(DreyCluster cluster) {
        this.cluster = cluster;
        this.flink = cluster.client();
    }

    @BeforeEach
    void open() throws Exception {
        examples = ExampleJobs.upload(flink);
        screen = new TerminalScreen(COLUMNS, ROWS);
    }

    @AfterEach
    void close() throws Exception {
        try (flink) {
            screen.close();
            examples.close();
        }
    }

    @Test
    void jobsAreFollowedAndSteered() throws Exception {
        JobId pausing = examples.start(PausingJob.class);
        Await.job(flink, pausing).isRunning();
        JobId counting = examples.start(CountingJob.class);
        Await.job(flink, counting).isRunning();
        CompletableFuture<List<String>> monitor = start(cluster.uri());

        screen.line(
                "the cluster",
                line -> line.matches("Flink 2\\.3\\.0 at \\S+ .* 1 of 4 slots free .*"));
        screen.line(
                "its newest job",
                line -> line.startsWith("> counting ") && line.contains(" RUNNING "));
        screen.line(
                "the other", line -> line.startsWith("  pausing ") && line.contains(" RUNNING "));
        screen.line(
                "a checkpoint",
                line -> line.matches("> counting .* \\d+s ago \\d+ms [\\d.]+k?B .*"));
        screen.line(
                "a vertex", line -> line.matches("> counting .* \\d+% +\\d+% .*(numbers|count).*"));
        screen.line("no restart", line -> line.matches("> counting +RUNNING +\\S+ +0 .*"));

        screen.press("s");
        screen.line("a question", "Take a savepoint of counting?   y yes   n no"::equals);
        screen.press("y");
        String saved =
                screen.line("where it is", line -> line.startsWith("Savepoint of counting is at "));
        assertThat(Path.of(URI.create(saved.substring(saved.indexOf("file:"))).getPath()))
                .hasParentRaw(folder)
                .satisfies(place -> assertThat(place.resolve("_metadata")).isNotEmptyFile());

        screen.press(DOWN);
        screen.line("another selection", line -> line.startsWith("> pausing "));
        screen.press("c");
        screen.line("a question", "Cancel pausing?   y yes   n no"::equals);
        screen.press("n");
        screen.line("no question", line -> line.startsWith("q quit"));
        screen.press("cy");
        screen.line("its end", "pausing is CANCELED"::equals);
        screen.line("its end in its row", line -> line.matches("> pausing +CANCELED .*"));
        screen.line("the other job", line -> line.matches("  counting +RUNNING .*"));
        Await.job(flink, pausing).isCanceled();

        screen.resize(40, 9);
        screen.line("a narrow table", line -> line.matches(" +JOB +STATE"));
        assertThat(screen.lines()).allMatch(line -> line.length() <= 40);

        screen.press("q");
        assertThat(answer(monitor)).isEmpty();
    }

    @Test
    void jobThatComesAndEndsByItselfIsSeen() throws Exception {
        CompletableFuture<List<String>> monitor = start(cluster.uri());
        screen.line("the cluster", line -> line.contains("4 of 4 slots free"));

        JobId job = examples.start(CountingJob.class);
        screen.line("the job", line -> line.matches("> counting +RUNNING .*"));
        Await.job(flink, job).isRunning();
        answer(
                flink.savepoints()
                        .stop(
                                job,
                                new StopWithSavepointRequestBody(
                                        folder.toUri().toString(), null, null, null))
                        .result());
        screen.line("its end", line -> line.matches("> counting +FINISHED .*"));

        screen.press("q");
        answer(monitor);
    }

    @Test
    void operationThatFailsSaysWhyInOneLine() throws Exception {
        JobId job = examples.start(CountingJob.class);
        Await.job(flink, job).isRunning();
        CompletableFuture<List<String>> monitor =
                start(cluster.uri(), Optional.of("nowhere://at/all"));
        screen.line("the job", line -> line.matches("> counting +RUNNING .*"));

        screen.press("sy");
        screen.line("why", line -> line.matches("Savepoint of counting failed: \\S.*"));
        screen.line("a job that goes on", line -> line.matches("> counting +RUNNING .*"));

        screen.press("q");
        answer(monitor);
    }

    @Test
    void clusterThatIsNotThereIsWaitedForUntilCtrlC() throws Exception {
        Attributes before = screen.terminal().getAttributes();
        CompletableFuture<List<String>> monitor = start(URI.create("http://127.0.0.1:1"));

        screen.line("silence", line -> line.startsWith("Not heard for "));
        screen.line("more of it", line -> line.matches("Not heard for [1-9]\\d*s: .*refused.*"));
        screen.press(CTRL_C);

        assertThat(answer(monitor)).isEmpty();
        assertThat(screen.terminal().getAttributes().toString()).isEqualTo(before.toString());
    }

    private CompletableFuture<List<String>> start(URI endpoint) {
        return start(endpoint, Optional.of(folder.toUri().toString()));
    }

    private CompletableFuture<List<String>> start(URI endpoint, Optional<String> savepoints) {
        Monitor monitor = new Monitor(screen.terminal(), endpoint, savepoints, Clock.systemUTC());
        return CompletableFuture.supplyAsync(
                monitor::run,
                task -> {
                    Thread thread = new Thread(task, "monitor");
                    thread.setDaemon(true);
                    thread.start();
                });
    }
}
