package dev.drey.server.checkpoints;

import static dev.drey.server.checkpoints.TrackedCheckpoints.CHECKPOINT;
import static dev.drey.server.checkpoints.TrackedCheckpoints.SINK;
import static dev.drey.server.checkpoints.TrackedCheckpoints.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.DreyOptions;
import dev.drey.server.TestServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.dispatcher.UnknownOperationKeyException;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.rest.handler.async.OperationResult;
import org.apache.flink.runtime.rest.handler.job.AsynchronousJobOperationKey;
import org.apache.flink.runtime.rest.messages.TriggerId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsResourceTest {

    private static final JobID JOB = new JobID(1, 1);
    private static final JobID OTHER_JOB = new JobID(2, 2);
    private static final JobID WITHOUT_CHECKPOINTS = new JobID(3, 3);
    private static final JobID UNKNOWN_JOB = new JobID(4, 4);
    private static final TriggerId TRIGGER = new TriggerId();
    private static final int HISTORY = 3;

    private final Map<JobID, TrackedCheckpoints> checkpoints =
            Map.of(JOB, new TrackedCheckpoints(), OTHER_JOB, new TrackedCheckpoints());
    private CompletableFuture<OperationResult<Long>> operation;

    @AutoClose
    private final TestServer server = cluster(WebOptions.CHECKPOINTS_HISTORY_SIZE, HISTORY);

    @Test
    void aCheckpointIsShownWithItsTasks() {
        checkpoints.get(JOB).complete(7);

        JsonNode checkpoint = server.get(details(JOB, 7)).expect(200).json();

        assertThat(checkpoint.get("external_path").textValue()).isEqualTo("file:///7");
        assertThat(checkpoint.get("tasks").get(SINK.toString()).get("id").longValue()).isEqualTo(7);
    }

    @Test
    void aCheckpointIsShownWithTheSubtasksOfATask() {
        checkpoints.get(JOB).trigger(7, CHECKPOINT);

        JsonNode task = server.get(subtasks(JOB, 7, SOURCE)).expect(200).json();

        assertThat(task.get("num_subtasks").intValue()).isEqualTo(2);
        assertThat(task.get("subtasks")).hasSize(2);
    }

    @Test
    void anUnknownCheckpointIs404() {
        checkpoints.get(JOB).complete(7);

        for (long id : new long[] {8, -1}) {
            assertThat(server.get(details(JOB, id)).refused(404))
                    .contains("No checkpoint " + id, JOB.toString(), "web.checkpoints.history");
            assertThat(server.get(subtasks(JOB, id, SOURCE)).refused(404))
                    .contains("No checkpoint " + id);
        }
    }

    @Test
    void anUnknownVertexIs404() {
        checkpoints.get(JOB).complete(7);
        JobVertexID unknown = new JobVertexID(9, 9);

        assertThat(server.get(subtasks(JOB, 7, unknown)).refused(404))
                .isEqualTo("Checkpoint 7 has no vertex " + unknown);
    }

    @Test
    void aJobThatIsUnknownOrTakesNoneIs404() {
        for (String path : new String[] {"", "/subtasks/" + SOURCE}) {
            assertThat(server.get(details(UNKNOWN_JOB, 7) + path).refused(404))
                    .contains(UNKNOWN_JOB.toString());
            assertThat(server.get(details(WITHOUT_CHECKPOINTS, 7) + path).refused(404))
                    .contains("Checkpointing is not enabled");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "99999999999999999999", "1.5", "%20"})
    void anIdThatIsNoneIsRefused(String id) {
        String path = "/jobs/" + JOB + "/checkpoints/details/" + id;

        assertThat(server.get(path).refused(400))
                .contains("Parameter 'checkpointid'", "is no checkpoint id");
        assertThat(server.get(path + "/subtasks/" + SOURCE).refused(400))
                .contains("Parameter 'checkpointid'");
    }

    @Test
    void otherIdsThatAreNoneAreRefused() {
        assertThat(server.get(details(JOB, 7) + "/subtasks/x").refused(400))
                .contains("Parameter 'vertexid'", "'x' is no job vertex id");
        assertThat(server.get("/jobs/x/checkpoints/details/7").refused(400))
                .contains("Parameter 'jobid'");
        assertThat(server.get("/jobs/" + JOB + "/checkpoints/x").refused(400))
                .contains("Parameter 'triggerid'", "'x' is no trigger id");
    }

    @Test
    void aCheckpointThatWasLookedAtIsKnownWhenItHasLeftTheHistory() {
        checkpoints.get(JOB).complete(1);
        checkpoints.get(JOB).complete(2);
        server.get(details(JOB, 1)).expect(200);
        leaveHistory(JOB);

        assertThat(server.get(details(JOB, 1)).expect(200).json().get("id").longValue())
                .isEqualTo(1);
        server.get(subtasks(JOB, 1, SOURCE)).expect(200);
        server.get(details(JOB, 2)).refused(404);
    }

    @Test
    void aCheckpointInProgressIsNotKept() {
        checkpoints.get(JOB).trigger(1, CHECKPOINT);
        server.get(details(JOB, 1)).expect(200);
        leaveHistory(JOB);

        server.get(details(JOB, 1)).refused(404);
    }

    @Test
    void jobsAreNotMixedUp() {
        checkpoints.get(JOB).complete(1);
        checkpoints.get(OTHER_JOB).complete(100);
        server.get(details(JOB, 1)).expect(200);
        leaveHistory(JOB);

        server.get(details(OTHER_JOB, 1)).refused(404);
        server.get(details(JOB, 1)).expect(200);
    }

    @Test
    void whatWasLookedAtLastIsKept() {
        for (long id = 1; id <= HISTORY + 1; id++) {
            checkpoints.get(JOB).complete(id);
            checkpoints.get(OTHER_JOB).complete(id);
        }
        for (int time = 0; time < 10; time++) {
            for (long id = 1; id <= HISTORY; id++) {
                server.get(details(JOB, id)).expect(200);
                server.get(details(OTHER_JOB, id)).expect(200);
            }
        }
        server.get(details(JOB, 1)).expect(200);
        server.get(details(JOB, HISTORY + 1)).expect(200);
        leaveHistory(JOB);
        leaveHistory(OTHER_JOB);

        server.get(details(JOB, HISTORY + 1)).expect(200);
        server.get(details(JOB, 1)).expect(200);
        server.get(details(JOB, 2)).refused(404);
        server.get(details(OTHER_JOB, 2)).expect(200);
    }

    @Test
    void withoutAHistoryNothingIsKept() {
        assertKeepsNothing(cluster(WebOptions.CHECKPOINTS_HISTORY_SIZE, 0));
    }

    @Test
    void whatTakesTooMuchMemoryIsNotKept() {
        assertKeepsNothing(cluster(DreyOptions.CACHE_MAX_SIZE, MemorySize.parse("8kb")));
    }

    private void assertKeepsNothing(TestServer started) {
        try (TestServer forgetful = started) {
            checkpoints.get(JOB).complete(1);
            forgetful.get(details(JOB, 1)).expect(200);
            leaveHistory(JOB);

            forgetful.get(details(JOB, 1)).refused(404);
        }
    }

    @Test
    void aTriggeredCheckpointIsShown() {
        operation = CompletableFuture.completedFuture(OperationResult.success(12L));

        assertThat(server.get(status()).expect(200).body())
                .isEqualTo(
                        "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"checkpointId\":12}}");
    }

    @Test
    void anOperationInProgressHasNoOutcome() {
        operation = CompletableFuture.completedFuture(OperationResult.inProgress());

        assertThat(server.get(status()).expect(200).body())
                .isEqualTo("{\"status\":{\"id\":\"IN_PROGRESS\"},\"operation\":null}");
    }

    @Test
    void anUnknownOperationIs404() {
        operation =
                CompletableFuture.failedFuture(
                        new CompletionException(
                                new UnknownOperationKeyException(
                                        AsynchronousJobOperationKey.of(TRIGGER, JOB))));

        assertThat(server.get(status()).refused(404))
                .contains("No checkpoint operation " + TRIGGER, JOB.toString());
    }

    private <T> TestServer cluster(ConfigOption<T> option, T value) {
        return TestServer.cluster()
                .set(option, value)
                .set(RestOptions.CACHE_CHECKPOINT_STATISTICS_TIMEOUT, Duration.ZERO)
                .dispatcher(
                        dispatcher -> {
                            dispatcher.setRequestCheckpointStatsSnapshotFunction(
                                    job -> {
                                        if (job.equals(UNKNOWN_JOB)) {
                                            return CompletableFuture.failedFuture(
                                                    new FlinkJobNotFoundException(UNKNOWN_JOB));
                                        }
                                        TrackedCheckpoints ofJob = checkpoints.get(job);
                                        return CompletableFuture.completedFuture(
                                                ofJob == null ? null : ofJob.snapshot());
                                    });
                            dispatcher.setGetCheckpointStatusFunction(
                                    key -> {
                                        assertThat(key)
                                                .isEqualTo(
                                                        AsynchronousJobOperationKey.of(
                                                                TRIGGER, JOB));
                                        return operation;
                                    });
                            return dispatcher;
                        })
                .start();
    }

    private void leaveHistory(JobID job) {
        for (long id = 1000; id < 1020; id++) {
            checkpoints.get(job).complete(id);
        }
    }

    private static String details(JobID job, long checkpoint) {
        return "/jobs/%s/checkpoints/details/%d".formatted(job, checkpoint);
    }

    private static String subtasks(JobID job, long checkpoint, JobVertexID vertex) {
        return details(job, checkpoint) + "/subtasks/" + vertex;
    }

    private static String status() {
        return "/jobs/%s/checkpoints/%s".formatted(JOB, TRIGGER);
    }
}
