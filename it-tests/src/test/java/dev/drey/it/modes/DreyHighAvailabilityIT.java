package dev.drey.it.modes;

import static dev.drey.it.cluster.Await.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.transport.Download;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.DreyProcess;
import dev.drey.it.cluster.HighAvailability;
import dev.drey.it.http.HttpCalls;
import dev.drey.model.ResourceId;
import dev.drey.model.taskmanagers.TaskManagerInfo;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** JobManagers that find each other through ZooKeeper, and those who look for their leader. */
class DreyHighAvailabilityIT {

    private static final String NO_JOBS = "No running jobs.";

    @Test
    void whoeverLeadsIsFoundByEverybody() throws Exception {
        try (HighAvailability cluster = HighAvailability.configure("drey-ha");
                DreyProcess attached = cluster.attach()) {
            HttpCalls calls = new HttpCalls(attached.awaitReady());
            assertThat(calls.get("/health/ready").statusCode()).isEqualTo(503);

            cluster.startZooKeeper();
            try (DreyProcess first = cluster.jobManager("first")) {
                first.awaitReady();
                awaitReady(calls);
                assertThat(cluster.listedJobs()).contains(NO_JOBS);

                try (DreyProcess second = cluster.jobManager("second")) {
                    URI standby = second.awaitReady();
                    awaitReady(new HttpCalls(standby));

                    first.terminate();
                    assertThat(first.temporaryFolder()).isEmptyDirectory();

                    awaitReady(new HttpCalls(standby));
                    awaitReady(calls);
                    assertThat(cluster.listedJobs()).contains(NO_JOBS);

                    second.terminate();
                    assertThat(second.temporaryFolder()).isEmptyDirectory();
                    assertThat(second.errors()).isEmpty();
                }
            }
            attached.terminate();
            assertThat(attached.temporaryFolder()).isEmptyDirectory();
        }
    }

    /** A task manager leaves them with the leader, which another JobManager is not. */
    @Test
    void theFilesOfATaskManagerAreSentByWhoeverIsAsked() throws Exception {
        try (HighAvailability cluster = HighAvailability.configure("drey-ha-files")) {
            cluster.startZooKeeper();
            try (DreyProcess first = cluster.jobManager("first")) {
                requireLog(first, cluster::startTaskManager);
                try (DreyProcess second = cluster.jobManager("second")) {
                    requireLog(second, () -> {});
                    requireLog(first, () -> {});

                    second.terminate();
                    assertThat(second.temporaryFolder()).isEmptyDirectory();
                }
            }
        }
    }

    private static void requireLog(DreyProcess jobManager, Runnable whenReady) throws Exception {
        URI uri = jobManager.awaitReady();
        whenReady.run();
        try (FlinkMonitoringClient flink =
                FlinkMonitoringClient.builder().endpoint(uri.toString()).build()) {
            ResourceId taskManager =
                    Await.until(
                            "a task manager is there",
                            () ->
                                    answer(flink.taskManagers().list()).taskManagerInfos().stream()
                                            .map(TaskManagerInfo::resourceId)
                                            .findFirst());
            try (Download log = answer(flink.taskManagers().log(taskManager))) {
                assertThat(new String(log.readAllBytes(), UTF_8))
                        .contains("Successful registration at resource manager");
            }
        }
    }

    private static void awaitReady(HttpCalls calls) throws Exception {
        Await.untilTrue("a leader answers", () -> calls.get("/health/ready").statusCode() == 200);
    }
}
