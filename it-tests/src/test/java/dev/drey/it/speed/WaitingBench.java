package dev.drey.it.speed;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyJobManagerCluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.CountingJob;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long after the last acknowledgement of a savepoint a client knows that it is complete: one
 * whose request is held, beside one that asks every second, as tools do.
 */
@ExtendWith(Clusters.class)
class WaitingBench {

    private static final int SAVEPOINTS = Integer.getInteger("bench.savepoints", 30);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Executor IN_A_SECOND =
            CompletableFuture.delayedExecutor(POLL.toMillis(), TimeUnit.MILLISECONDS);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Cluster cluster;
    private final FlinkMonitoringClient flink;

    WaitingBench(DreyJobManagerCluster cluster) {
        this.cluster = cluster;
        this.flink = cluster.client();
    }

    @Test
    void measuresHowSoonAnEndIsKnown() throws Exception {
        String folder = Artifacts.emptyFolder("waiting-savepoints").toUri().toString();
        List<Long> held = new ArrayList<>();
        List<Long> polled = new ArrayList<>();
        ExampleJobs examples = ExampleJobs.upload(flink);
        try (flink;
                examples) {
            JobId job = examples.start(CountingJob.class);
            Await.job(flink, job).isRunning();
            SavepointTriggerRequestBody savepoint =
                    new SavepointTriggerRequestBody(folder, null, null, null);
            for (int i = 0; i < SAVEPOINTS; i++) {
                long asked = System.currentTimeMillis();
                TriggerId id = answer(flink.savepoints().trigger(job, savepoint).acknowledged());
                URI status =
                        URI.create("%s/jobs/%s/savepoints/%s".formatted(cluster.uri(), job, id));
                CompletableFuture<Long> waiting = ask(status, "wait=60");
                CompletableFuture<Long> polling = poll(status);
                long known = answer(waiting);
                long knownByPolling = answer(polling);
                long end = lastAcknowledgement(job, asked);
                held.add(known - end);
                polled.add(knownByPolling - end);
            }
        }
        String line =
                "Of %d savepoints, the median time from the last acknowledgement until it was known: held %d ms, asked every second %d ms; ratio %s"
                        .formatted(
                                SAVEPOINTS,
                                median(held),
                                median(polled),
                                String.format(
                                        Locale.ROOT,
                                        "%.2f",
                                        (double) median(held) / Math.max(1, median(polled))));
        System.out.println(line);
        Files.writeString(Artifacts.report("bench-waiting.md"), line + "\n");
        assertThat(held).as("savepoints").hasSize(SAVEPOINTS);
    }

    /** When an answer says that it is over, in milliseconds since the epoch. */
    private CompletableFuture<Long> ask(URI status, String preference) {
        return http.sendAsync(
                        HttpRequest.newBuilder(status).header("Prefer", preference).build(),
                        BodyHandlers.ofString())
                .thenApply(
                        answer -> {
                            assertThat(answer.body()).contains("COMPLETED", "location");
                            return System.currentTimeMillis();
                        });
    }

    private CompletableFuture<Long> poll(URI status) {
        return http.sendAsync(HttpRequest.newBuilder(status).build(), BodyHandlers.ofString())
                .thenCompose(
                        answer ->
                                answer.body().contains("COMPLETED")
                                        ? CompletableFuture.completedFuture(
                                                System.currentTimeMillis())
                                        : CompletableFuture.supplyAsync(() -> status, IN_A_SECOND)
                                                .thenCompose(this::poll));
    }

    private long lastAcknowledgement(JobId job, long since) throws Exception {
        return Await.until(
                "the savepoint is in the statistics",
                () ->
                        answer(flink.checkpoints().statistics(job)).history().stream()
                                .filter(CheckpointStatistics::savepoint)
                                .filter(CheckpointStatistics.Completed.class::isInstance)
                                .filter(savepoint -> savepoint.triggerTimestamp() >= since)
                                .findFirst()
                                .map(CheckpointStatistics::latestAckTimestamp));
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }
}
