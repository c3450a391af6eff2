package dev.drey.it.modes;

import static dev.drey.it.cluster.Await.answer;
import static dev.drey.it.cluster.Await.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.transport.Download;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.DreyProcess;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.cluster.HighAvailability;
import dev.drey.it.example.SeveralJobs;
import dev.drey.it.example.ShortJob;
import dev.drey.it.http.HttpCalls;
import dev.drey.model.ResourceId;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.taskmanagers.TaskManagerInfo;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JobManagers that find each other through ZooKeeper, and those who look for their leader. */
class DreyHighAvailabilityDrill {

    private static final String NO_JOBS = "No running jobs.";

    /** More than a message has by default. */
    private static final String TOO_MANY_BYTES = "11000000";

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

    /** Between processes, Flink's RPC drops what is larger than a message may be. */
    @Test
    void aLargeJobIsTakenByTheLeaderAndRefusedByOthersAtOnce(@TempDir Path folder)
            throws Exception {
        JarRunRequestBody large =
                JarRunRequestBody.builder()
                        .entryClassName(SeveralJobs.class.getName())
                        .programArguments(folder.resolve("calls").toString(), TOO_MANY_BYTES)
                        .build();
        try (HighAvailability cluster = HighAvailability.configure("drey-ha-large")) {
            cluster.startZooKeeper();
            try (DreyProcess first = cluster.jobManager("first")) {
                URI leader = first.awaitReady();
                cluster.startTaskManager();
                try (DreyProcess second = cluster.jobManager("second");
                        FlinkMonitoringClient flink = client(leader);
                        FlinkMonitoringClient others = client(second.awaitReady());
                        ExampleJobs here = ExampleJobs.upload(flink);
                        ExampleJobs there = ExampleJobs.upload(others)) {
                    failure(others.jars().run(there.jar(), large))
                            .isInstanceOfSatisfying(
                                    FlinkRestException.class,
                                    refusal -> {
                                        assertThat(refusal.status()).isEqualTo(413);
                                        assertThat(refusal.errors().get(0))
                                                .contains("pekko.framesize");
                                    });
                    assertThat(answer(flink.jobs().list()).jobs()).isEmpty();

                    Await.job(flink, here.start(large)).isFinished();
                    Await.job(flink, there.start(ShortJob.class)).isFinished();
                }
            }
        }
    }

    private static FlinkMonitoringClient client(URI endpoint) {
        return FlinkMonitoringClient.builder().endpoint(endpoint.toString()).build();
    }

    private static void requireLog(DreyProcess jobManager, Runnable whenReady) throws Exception {
        URI uri = jobManager.awaitReady();
        whenReady.run();
        try (FlinkMonitoringClient flink = client(uri)) {
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
