package dev.drey.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.dispatcher.DispatcherId;
import org.apache.flink.runtime.io.network.partition.DataSetMetaInfo;
import org.apache.flink.runtime.jobgraph.IntermediateDataSetID;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.resourcemanager.TaskManagerInfoWithSlots;
import org.apache.flink.runtime.resourcemanager.utils.TestingResourceManagerGateway;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;
import org.apache.flink.runtime.rpc.exceptions.FencingTokenException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestApplicationTest {

    private static final String JOB = "0123456789abcdef0123456789abcdef";
    private static final String BOUNDS =
            "{\"" + JOB + "\":{\"parallelism\":{\"lowerBound\":1,\"upperBound\":2}}}";
    private static final String TRIGGER = "fedcba9876543210fedcba9876543210";

    @AutoClose
    private static final TestServer LEADERLESS =
            TestServer.cluster()
                    .noLeader()
                    .set(CheckpointingOptions.SAVEPOINT_DIRECTORY, "file:///savepoints")
                    .start();

    @AutoClose
    private static final TestServer SILENT =
            TestServer.cluster()
                    .set(DreyOptions.READ_TIMEOUT, Duration.ofMillis(50))
                    .dispatcher(
                            dispatcher ->
                                    dispatcher
                                            .setRequestClusterOverviewSupplier(
                                                    CompletableFuture::new)
                                            .setRequestMultipleJobDetailsSupplier(
                                                    CompletableFuture::new)
                                            .setRequestJobStatusFunction(
                                                    job -> new CompletableFuture<>())
                                            .setRequestExecutionGraphInfoFunction(
                                                    job -> new CompletableFuture<>())
                                            .setRequestCheckpointStatsSnapshotFunction(
                                                    job -> new CompletableFuture<>())
                                            .setGetSavepointStatusFunction(
                                                    key -> new CompletableFuture<>())
                                            .setGetCheckpointStatusFunction(
                                                    key -> new CompletableFuture<>()))
                    .resourceManager(
                            new TestingResourceManagerGateway() {
                                @Override
                                public CompletableFuture<Collection<TaskManagerInfo>>
                                        requestTaskManagerInfo(Duration timeout) {
                                    return new CompletableFuture<>();
                                }

                                @Override
                                public CompletableFuture<TaskManagerInfoWithSlots>
                                        requestTaskManagerDetailsInfo(
                                                ResourceID id, Duration timeout) {
                                    return new CompletableFuture<>();
                                }

                                @Override
                                public CompletableFuture<
                                                Map<IntermediateDataSetID, DataSetMetaInfo>>
                                        listDataSets() {
                                    return new CompletableFuture<>();
                                }
                            })
                    .start();

    @Test
    void aFormIsRefusedWhereNoneIsTaken() {
        assertThat(
                        LEADERLESS
                                .sendBytes(
                                        "POST",
                                        "/overview",
                                        new byte[0],
                                        "Content-Type: " + TestServer.Form.TYPE)
                                .refused(400))
                .contains("/overview");
        assertThat(LEADERLESS.send("POST", "/overview", "{}").expect(405).header("Allow"))
                .contains("GET");
    }

    @ParameterizedTest
    @CsvSource({
        "/overview, dispatcher",
        "/jobs, dispatcher",
        "/jobs/overview, dispatcher",
        "/jobs/" + JOB + ", dispatcher",
        "/jobs/" + JOB + "/status, dispatcher",
        "/jobs/" + JOB + "/plan, dispatcher",
        "/jobs/" + JOB + "/checkpoints, dispatcher",
        "/jobs/" + JOB + "/savepoints/" + TRIGGER + ", dispatcher",
        "/jobs/" + JOB + "/checkpoints/details/1, dispatcher",
        "/jobs/" + JOB + "/checkpoints/" + TRIGGER + ", dispatcher",
        "/applications/" + JOB + "/exceptions, dispatcher",
        "/taskmanagers, resource manager",
        "/taskmanagers/tm, resource manager",
        "/datasets, resource manager"
    })
    void aReadWhileNobodyLeadsIs503(String path, String role) {
        TestServer.Answer answer = LEADERLESS.get(path);

        assertThat(answer.refused(503)).startsWith("No leading " + role + " is known");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PATCH | /jobs/" + JOB + " | {}",
                "GET | /jobs/" + JOB + "/yarn-cancel | {}",
                "PATCH | /jobs/" + JOB + "/clientHeartbeat | {\"expiredTimestamp\":1}",
                "POST | /jobs/"
                        + JOB
                        + "/coordinators/x | {\"serializedCoordinationRequest\":\"AA==\"}",
                "POST | /jobs/" + JOB + "/savepoints | {}",
                "PUT | /jobs/" + JOB + "/resource-requirements | " + BOUNDS,
                "POST | /applications/" + JOB + "/cancel | {}",
                "DELETE | /cluster | {}"
            })
    void aWriteWhileNobodyLeadsIs503(String method, String path, String body) {
        assertThat(LEADERLESS.send(method, path, body).refused(503))
                .startsWith("No leading dispatcher is known");
    }

    @Test
    void whatNeedsNoLeaderIsAnsweredWithoutOne() {
        LEADERLESS.get("/config").expect(200);
        LEADERLESS.get("/jars").expect(200);
        LEADERLESS.get("/jobmanager/config").expect(200);
        LEADERLESS.get("/jobmanager/environment").expect(200);
        LEADERLESS.get("/").expect(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/overview, the cluster's overview",
        "/jobs, the list of jobs",
        "/jobs/overview, the list of jobs",
        "/jobs/" + JOB + ", the execution graph of job " + JOB,
        "/jobs/" + JOB + "/status, the status of job " + JOB,
        "/jobs/" + JOB + "/plan, the execution graph of job " + JOB,
        "/jobs/" + JOB + "/checkpoints, the checkpoint statistics of job " + JOB,
        "/jobs/" + JOB + "/savepoints/" + TRIGGER + ", savepoint operation " + TRIGGER,
        "/jobs/" + JOB + "/checkpoints/" + TRIGGER + ", checkpoint operation " + TRIGGER,
        "/taskmanagers, the list of task managers",
        "/taskmanagers/tm:1, task manager tm:1",
        "/datasets, the list of data sets"
    })
    void aReadThatTheClusterDoesNotAnswerIs504AndSaysWhatWasAskedFor(String path, String what) {
        assertThat(SILENT.get(path).refused(504)).contains("50 ms", "drey.read.timeout", what);
    }

    @Test
    void anUnknownJobIs404WhereverItIsAskedFor() {
        try (TestServer server =
                TestServer.cluster()
                        .dispatcher(
                                dispatcher ->
                                        dispatcher
                                                .setRequestJobStatusFunction(
                                                        RestApplicationTest::unknown)
                                                .setRequestExecutionGraphInfoFunction(
                                                        RestApplicationTest::unknown)
                                                .setRequestCheckpointStatsSnapshotFunction(
                                                        RestApplicationTest::unknown))
                        .start()) {
            for (String path : new String[] {"", "/status", "/plan", "/checkpoints"}) {
                assertThat(server.get("/jobs/" + JOB + path).refused(404)).contains(JOB);
            }
        }
    }

    @Test
    void aLeaderThatLeadsNoMoreIs503() {
        try (TestServer server =
                TestServer.cluster()
                        .dispatcher(
                                dispatcher ->
                                        dispatcher.setRequestClusterOverviewSupplier(
                                                () ->
                                                        CompletableFuture.failedFuture(
                                                                new FencingTokenException(
                                                                        DispatcherId.generate()
                                                                                .toString()))))
                        .start()) {
            assertThat(server.get("/overview").refused(503)).contains("may be changing");
        }
    }

    @Test
    void aReadIsAnsweredFromWhatTheClusterSays() {
        try (TestServer server =
                TestServer.cluster()
                        .dispatcher(
                                dispatcher ->
                                        dispatcher.setRequestClusterOverviewSupplier(
                                                () ->
                                                        CompletableFuture.completedFuture(
                                                                new ClusterOverview(
                                                                        1, 4, 3, 0, 0, 2, 5, 6,
                                                                        7))))
                        .start()) {
            assertThat(server.get("/overview").expect(200).json().get("jobs-failed").intValue())
                    .isEqualTo(7);
        }
    }

    @Test
    void jarsAreNoRoutesWhereTheyAreSwitchedOff() {
        try (TestServer server =
                TestServer.cluster().set(WebOptions.SUBMIT_ENABLE, false).start()) {
            server.get("/jars").refused(404);
            server.send("DELETE", "/jars/x.jar", "{}").refused(404);
            server.send("POST", "/jars/x.jar/run", "{}").refused(404);
            server.upload(new TestServer.Form().file("x.jar", new byte[1000])).refused(404);
            assertThat(server.jars()).isEmptyDirectory();
            assertThat(
                            server.get("/config")
                                    .json()
                                    .get("features")
                                    .get("web-submit")
                                    .booleanValue())
                    .isFalse();
        }
    }

    private static <T> CompletableFuture<T> unknown(JobID job) {
        return CompletableFuture.failedFuture(new FlinkJobNotFoundException(job));
    }
}
