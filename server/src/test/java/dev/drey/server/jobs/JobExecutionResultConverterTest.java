package dev.drey.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.ApplicationID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.rest.messages.job.JobExecutionResultResponseBody;
import org.apache.flink.util.OptionalFailure;
import org.apache.flink.util.SerializedThrowable;
import org.apache.flink.util.SerializedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobExecutionResultConverterTest {

    @Test
    void aJobThatGoesOnHasNoResult() {
        JsonNode answer = JsonTrees.ofDrey(JobExecutionResultConverter.result(Optional.empty()));

        assertThat(answer)
                .isEqualTo(JsonTrees.ofFlink(JobExecutionResultResponseBody.inProgress()));
        assertThat(answer.has("job-execution-result")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = JobStatus.class,
            names = {"FINISHED", "FAILED", "CANCELED"})
    void aJobThatEndedHasOne(JobStatus status) {
        assertSameAsFlink(result().jobStatus(status).build());
    }

    @Test
    void aJobThatEndedSomehowHasOneToo() {
        assertThat(assertSameAsFlink(result().build()).get("application-status").textValue())
                .isEqualTo("UNKNOWN");
    }

    @Test
    void whyAJobFailedIsShown() {
        SerializedThrowable cause =
                new SerializedThrowable(
                        new IllegalStateException("outer", new IOException("inner")));

        JsonNode failure =
                assertSameAsFlink(
                                result().jobStatus(JobStatus.FAILED)
                                        .serializedThrowable(cause)
                                        .build())
                        .get("failure-cause");

        assertThat(failure.get("class").textValue()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void accumulatorsAreShownAsTheyAreSerialized() throws IOException {
        JsonNode accumulators =
                assertSameAsFlink(
                                result().jobStatus(JobStatus.FINISHED)
                                        .accumulatorResults(
                                                Map.of(
                                                        "seen",
                                                        new SerializedValue<>(
                                                                OptionalFailure.of(500)),
                                                        "lost",
                                                        new SerializedValue<>(
                                                                OptionalFailure.ofFailure(
                                                                        new IOException("gone")))))
                                        .applicationId(new ApplicationID())
                                        .build())
                        .get("accumulator-results");

        assertThat(accumulators).hasSize(2);
    }

    private static JobResult.Builder result() {
        return new JobResult.Builder()
                .jobId(new JobID(1, 2))
                .jobName("counting")
                .netRuntime(2_662)
                .startTime(1_700_000_000_000L)
                .endTime(1_700_000_002_662L);
    }

    private static JsonNode assertSameAsFlink(JobResult result) {
        JsonNode ours = JsonTrees.ofDrey(JobExecutionResultConverter.result(Optional.of(result)));
        assertThat(ours)
                .isEqualTo(JsonTrees.ofFlink(JobExecutionResultResponseBody.created(result)));
        return ours.get("job-execution-result");
    }
}
