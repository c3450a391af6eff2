package dev.drey.it.launch;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.async.PollSettings;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.DreyProcess;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.cluster.StockCluster;
import dev.drey.it.example.CountingJob;
import dev.drey.it.http.HttpCalls;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a cluster that was asked for through the API, in each mode. */
class DreyEndOfClusterIT {

    private static final Duration NEVER = Duration.ofMinutes(1);

    @Test
    void anEmbeddedClusterEndsOnceAllResultsAreReadAndLeavesNothing(@TempDir Path savepoints)
            throws Exception {
        Path folder = Artifacts.emptyFolder("drey-end");
        try (DreyProcess drey =
                DreyProcess.start(
                        folder,
                        "-D",
                        "rest.bind-port=0",
                        "-D",
                        "io.tmp.dirs=" + folder.resolve("tmp"))) {
            URI uri = drey.awaitReady();
            try (FlinkMonitoringClient flink = clientThatNeverPolls(uri)) {
                JobId job = ExampleJobs.upload(flink).start(CountingJob.class);
                Await.job(flink, job).isRunning();
                TriggerId unread = savepoint(flink, job, savepoints);

                answer(flink.cluster().shutDown());

                assertThat(answer(flink.cluster().overview()).jobsRunningOrPending()).isEqualTo(1);
                assertThat(answer(flink.savepoints().resume(job, unread).result()).location())
                        .isNotBlank();
            }

            assertThat(drey.awaitExit()).isZero();
            assertThat(drey.temporaryFolder()).isEmptyDirectory();
            assertThat(drey.errors()).isEmpty();
        }
    }

    @Test
    void aJobManagerEnds() throws Exception {
        try (DreyProcess drey =
                DreyProcess.start(
                        "drey-jobmanager-end",
                        "jobmanager",
                        "-Djobmanager.rpc.address=127.0.0.1",
                        "-Djobmanager.bind-host=127.0.0.1",
                        "-Djobmanager.rpc.port=0",
                        "-Drest.bind-address=127.0.0.1",
                        "-Drest.bind-port=0")) {
            try (FlinkMonitoringClient flink = clientThatNeverPolls(drey.awaitReady())) {
                answer(flink.cluster().shutDown());
            }

            assertThat(drey.awaitExit()).isZero();
            assertThat(drey.temporaryFolder()).isEmptyDirectory();
            assertThat(drey.errors()).isEmpty();
        }
    }

    @Test
    void aClusterThatDreyIsAttachedToEndsAndDreyDoesNot() throws Exception {
        try (StockCluster cluster = StockCluster.start("attached-end");
                DreyProcess drey =
                        DreyProcess.start(
                                "drey-attached-end",
                                cluster.attachArguments().toArray(String[]::new))) {
            URI uri = drey.awaitReady();
            try (FlinkMonitoringClient flink = clientThatNeverPolls(uri)) {
                Await.untilTrue(
                        "the leader is known",
                        () ->
                                flink.cluster()
                                        .overview()
                                        .thenApply(overview -> true)
                                        .exceptionally(failure -> false)
                                        .get());
                answer(flink.cluster().shutDown());
            }

            assertThat(cluster.awaitEnd()).isZero();
            HttpCalls calls = new HttpCalls(uri);
            assertThat(calls.get("/health/live").statusCode()).isEqualTo(200);
            Await.untilTrue("nobody leads", () -> calls.get("/health/ready").statusCode() == 503);
        }
    }

    private static FlinkMonitoringClient clientThatNeverPolls(URI uri) {
        return FlinkMonitoringClient.builder()
                .endpoint(uri.toString())
                .pollSettings(PollSettings.DEFAULT.withDelays(NEVER, NEVER))
                .build();
    }

    /** One that is complete, and whose result nobody has read. */
    private static TriggerId savepoint(FlinkMonitoringClient flink, JobId job, Path folder)
            throws Exception {
        TriggerId triggerId =
                answer(
                        flink.savepoints()
                                .trigger(
                                        job,
                                        new SavepointTriggerRequestBody(
                                                folder.toUri().toString(), null, null, null))
                                .acknowledged());
        Await.untilTrue(
                "the savepoint is complete",
                () ->
                        answer(flink.checkpoints().statistics(job)).latestCheckpoints().savepoint()
                                != null);
        return triggerId;
    }
}
