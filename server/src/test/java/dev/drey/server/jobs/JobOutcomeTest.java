package dev.drey.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.TestServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.exceptionhistory.RootExceptionHistoryEntry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The failures and the result of a job, over HTTP. */
class JobOutcomeTest {

    private static final JobID RUNNING = new JobID(0, 1);
    private static final JobID FAILED = new JobID(0, 2);
    private static final JobID UNKNOWN = new JobID(0, 3);

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .dispatcher(
                            dispatcher ->
                                    dispatcher
                                            .setRequestExecutionGraphInfoFunction(
                                                    job -> known(job, twoFailures()))
                                            .setRequestJobStatusFunction(
                                                    job ->
                                                            known(
                                                                    job,
                                                                    job.equals(RUNNING)
                                                                            ? JobStatus.RUNNING
                                                                            : JobStatus.FAILED))
                                            .setRequestJobResultFunction(JobOutcomeTest::result))
                    .start();

    @ParameterizedTest
    @CsvSource({
        "'', 2, false",
        "?maxExceptions=1, 1, true",
        "?maxExceptions=0, 0, true",
        "?failureLabelFilter=type%3AUSER, 1, false",
        "?failureLabelFilter=type:USER&failureLabelFilter=type:SYSTEM, 0, false",
        "?maxExceptions=1&failureLabelFilter=type:USER, 1, false"
    })
    void theFailuresThatAreAskedForAreShown(String query, int shown, boolean truncated) {
        JsonNode history =
                SERVER.get("/jobs/" + FAILED + "/exceptions" + query)
                        .expect(200)
                        .json()
                        .get("exceptionHistory");

        assertThat(history.get("entries")).hasSize(shown);
        assertThat(history.get("truncated").booleanValue()).isEqualTo(truncated);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maxExceptions",
                "maxExceptions=x",
                "maxExceptions=-1",
                "failureLabelFilter=",
                "failureLabelFilter=x"
            })
    void aQueryThatCannotBeReadIsRefused(String query) {
        assertThat(SERVER.get("/jobs/" + FAILED + "/exceptions?" + query).refused(400))
                .startsWith("Parameter '");
    }

    @Test
    void aJobThatGoesOnHasNoResult() {
        assertThat(SERVER.get("/jobs/" + RUNNING + "/execution-result").expect(200).body())
                .isEqualTo("{\"status\":{\"id\":\"IN_PROGRESS\"}}");
    }

    @Test
    void aJobThatEndedHasOne() {
        assertThat(SERVER.get("/v1/jobs/" + FAILED + "/execution-result").expect(200).body())
                .isEqualTo(
                        ("{\"status\":{\"id\":\"COMPLETED\"},\"job-execution-result\":{\"id\":\"%s\","
                                        + "\"name\":\"unknown\",\"application-status\":\"FAILED\","
                                        + "\"accumulator-results\":{},\"net-runtime\":3,"
                                        + "\"start-time\":5,\"end-time\":8}}")
                                .formatted(FAILED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exceptions", "execution-result"})
    void unknownJobsAndIdsThatAreNoneAreRefused(String route) {
        assertThat(SERVER.get("/jobs/" + UNKNOWN + "/" + route).refused(404))
                .contains(UNKNOWN.toString());
        assertThat(SERVER.get("/jobs/xyz/" + route).refused(400)).contains("Parameter 'jobid'");
    }

    private static <T> CompletableFuture<T> known(JobID job, T answer) {
        return job.equals(UNKNOWN)
                ? CompletableFuture.failedFuture(new FlinkJobNotFoundException(job))
                : CompletableFuture.completedFuture(answer);
    }

    private static CompletableFuture<JobResult> result(JobID job) {
        assertThat(job).as("the only job that has ended").isEqualTo(FAILED);
        return CompletableFuture.completedFuture(
                new JobResult.Builder()
                        .jobId(job)
                        .jobStatus(JobStatus.FAILED)
                        .netRuntime(3)
                        .startTime(5)
                        .endTime(8)
                        .build());
    }

    private static ExecutionGraphInfo twoFailures() {
        return new ExecutionGraphInfo(
                new ArchivedExecutionGraphBuilder().build(),
                List.of(failure("USER"), failure("SYSTEM")),
                null);
    }

    private static RootExceptionHistoryEntry failure(String type) {
        return new RootExceptionHistoryEntry(
                new IllegalStateException(type),
                1,
                CompletableFuture.completedFuture(Map.of("type", type)),
                null,
                null,
                List.of());
    }
}
