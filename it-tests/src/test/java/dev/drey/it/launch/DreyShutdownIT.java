package dev.drey.it.launch;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.async.PollSettings;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.DreyProcess;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.CountingJob;
import dev.drey.model.JobId;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, whatever goes on. */
class DreyShutdownIT {

    private static final Duration NEVER = Duration.ofMinutes(1);

    @Test
    void endsInTimeWhileAJobRunsAndLeavesNoTemporaryFile(@TempDir Path savepoints)
            throws Exception {
        Path folder = Artifacts.emptyFolder("drey-shutdown");
        try (DreyProcess drey =
                DreyProcess.start(
                        folder,
                        "-D",
                        "rest.bind-port=0",
                        "-D",
                        "io.tmp.dirs=" + folder.resolve("tmp"))) {
            startJobWithUnreadSavepoint(drey.awaitReady(), savepoints);
            assertThat(drey.temporaryFolder()).isNotEmptyDirectory();

            drey.terminate();

            assertThat(drey.temporaryFolder()).isEmptyDirectory();
            assertThat(drey.errors()).isEmpty();
        }
    }

    /** Stock Flink would wait for someone to read the result, for minutes. */
    private static void startJobWithUnreadSavepoint(URI uri, Path savepoints) throws Exception {
        try (FlinkMonitoringClient flink =
                FlinkMonitoringClient.builder()
                        .endpoint(uri.toString())
                        .pollSettings(PollSettings.DEFAULT.withDelays(NEVER, NEVER))
                        .build()) {
            JobId job = ExampleJobs.upload(flink).start(CountingJob.class);
            Await.job(flink, job).isRunning();
            answer(
                    flink.savepoints()
                            .trigger(
                                    job,
                                    new SavepointTriggerRequestBody(
                                            savepoints.toUri().toString(), null, null, null))
                            .acknowledged());
            Await.untilTrue(
                    "the savepoint is complete",
                    () ->
                            answer(flink.checkpoints().statistics(job))
                                            .latestCheckpoints()
                                            .savepoint()
                                    != null);
        }
    }
}
