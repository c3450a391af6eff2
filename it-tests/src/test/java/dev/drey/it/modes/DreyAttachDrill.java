package dev.drey.it.modes;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.DreyProcess;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.cluster.StockCluster;
import dev.drey.it.example.CountingJob;
import dev.drey.it.http.HttpCalls;
import dev.drey.model.JobId;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster that comes and goes, and a server that stays. */
class DreyAttachDrill {

    private static final String[] SOON_MISSED = {"heartbeat.interval: 1s", "heartbeat.timeout: 5s"};
    private static final List<String> ROUTES = List.of("/overview", "/taskmanagers", "/jobs");

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void theClusterMayComeLaterAndComeBack() throws Exception {
        try (StockCluster cluster = StockCluster.start("attach-restarts", SOON_MISSED)) {
            cluster.killJobManager();
            try (DreyProcess drey = DreyProcess.start("drey-attach", argumentsFor(cluster))) {
                URI uri = drey.awaitReady();
                HttpCalls calls = new HttpCalls(uri);
                awaitRefusals(calls);
                assertThat(calls.get("/health/live").statusCode()).isEqualTo(200);

                cluster.restartJobManager();
                runJob(uri);

                cluster.killJobManager();
                awaitRefusals(calls);

                cluster.restartJobManager();
                runJob(uri);

                drey.terminate();
                assertThat(drey.temporaryFolder()).isEmptyDirectory();
                assertThat(drey.errors()).isEmpty();
            }
        }
    }

    private static String[] argumentsFor(StockCluster cluster) {
        List<String> arguments = new ArrayList<>(cluster.attachArguments());
        arguments.addAll(List.of("-D", "drey.read.timeout=2s"));
        return arguments.toArray(String[]::new);
    }

    /** What was asked while the JobManager died ends in other words, or not before its time. */
    private static void awaitRefusals(HttpCalls calls) throws Exception {
        for (String route : ROUTES) {
            Await.untilTrue(
                    "%s says that the cluster does not answer".formatted(route),
                    () -> {
                        HttpResponse<String> answer = calls.get(route);
                        return answer.statusCode() == 503
                                && HttpCalls.errors(answer)
                                        .get(0)
                                        .matches(".* at 127\\.0\\.0\\.1:\\d+ does not answer.*");
                    });
        }
        assertThat(calls.get("/health/ready").statusCode()).isEqualTo(503);
    }

    private static void runJob(URI uri) throws Exception {
        try (FlinkMonitoringClient flink =
                FlinkMonitoringClient.builder().endpoint(uri.toString()).build()) {
            Await.untilTrue(
                    "the cluster has slots",
                    () ->
                            flink.cluster()
                                    .overview()
                                    .thenApply(overview -> overview.slotsTotal() > 0)
                                    .exceptionally(failure -> false)
                                    .get());
            try (ExampleJobs examples = ExampleJobs.upload(flink)) {
                JobId job = examples.start(CountingJob.class);
                Await.job(flink, job).isRunning();
                assertThat(answer(flink.jobs().list()).jobs()).hasSize(1);
            }
        }
    }
}
