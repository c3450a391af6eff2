package dev.drey.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.messages.FlinkJobTerminatedWithoutCancellationException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobsResourceTest {

    private static final JobID RUNNING = new JobID(0, 1);
    private static final JobID FINISHED = new JobID(0, 2);
    private static final JobID UNKNOWN = new JobID(0, 3);

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .dispatcher(
                            dispatcher ->
                                    dispatcher
                                            .setCancelJobFunction(JobsResourceTest::cancel)
                                            .setRequestJobStatusFunction(
                                                    job ->
                                                            CompletableFuture.completedFuture(
                                                                    JobStatus.RESTARTING)))
                    .start();

    @ParameterizedTest
    @ValueSource(strings = {"", "?mode=cancel", "?mode=CANCEL", "?mode=cancel,stop", "?other=1"})
    void aRunningJobIsCancelled(String query) {
        assertThat(SERVER.send("PATCH", "/jobs/" + RUNNING + query, "{}").expect(202).body())
                .isEqualTo("{}");
        SERVER.send("PATCH", "/v1/jobs/" + RUNNING + query, null).expect(202);
        assertThat(SERVER.get("/jobs/" + RUNNING + "/yarn-cancel" + query).expect(202).body())
                .isEqualTo("{}");
    }

    @Test
    void aJobThatEndedOtherwiseCannotBeCancelled() {
        assertThat(SERVER.send("PATCH", "/jobs/" + FINISHED, "{}").refused(409))
                .contains("FINISHED");
        assertThat(SERVER.get("/jobs/" + FINISHED + "/yarn-cancel").refused(409))
                .contains("FINISHED");
    }

    @Test
    void anUnknownJobCannotBeCancelled() {
        assertThat(SERVER.send("PATCH", "/jobs/" + UNKNOWN, "{}").refused(404))
                .contains(UNKNOWN.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "STOP", "stop,cancel"})
    void stopIsGoneAndTheOtherWaysAreTold(String mode) {
        TestServer.Answer answer = SERVER.send("PATCH", "/jobs/" + RUNNING + "?mode=" + mode, "{}");

        assertThat(answer.refused(308)).contains("mode=cancel", "/jobs/:jobid/stop");
        assertThat(answer.headers()).doesNotContainKey("location");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pause", ",cancel", "cancel%20"})
    void aModeThatIsNoneIsRefused(String mode) {
        assertThat(SERVER.send("PATCH", "/jobs/" + RUNNING + "?mode=" + mode, "{}").refused(400))
                .contains("Parameter 'mode'", "is no mode: expected cancel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{oops", "[]", "1"})
    void aBodyThatIsNoObjectCancelsNothing(String body) {
        assertThat(SERVER.send("PATCH", "/jobs/" + RUNNING, body).refused(400))
                .contains("The request body cannot be read");
    }

    @Test
    void theStatusOfAJobIsShown() {
        assertThat(SERVER.get("/jobs/" + RUNNING + "/status").expect(200).body())
                .isEqualTo("{\"status\":\"RESTARTING\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "0000000000000000000000000000001",
                "000000000000000000000000000000001",
                "0000000000000000000000000000000g",
                "%200000000000000000000000000000001"
            })
    void anIdThatIsNoneIsRefused(String id) {
        assertThat(SERVER.get("/jobs/" + id).refused(400)).contains("Parameter 'jobid'");
    }

    @Test
    void anIdMayBeInUpperCase() {
        SERVER.get("/jobs/ABCDEF00000000000000000000000000/status").expect(200);
    }

    private static CompletableFuture<Acknowledge> cancel(JobID job) {
        if (job.equals(RUNNING)) {
            return CompletableFuture.completedFuture(Acknowledge.get());
        }
        return CompletableFuture.failedFuture(
                job.equals(FINISHED)
                        ? new FlinkJobTerminatedWithoutCancellationException(
                                job, JobStatus.FINISHED)
                        : new FlinkJobNotFoundException(job));
    }
}
