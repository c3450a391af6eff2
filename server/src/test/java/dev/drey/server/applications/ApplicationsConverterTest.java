package dev.drey.server.applications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.server.JsonTrees;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ApplicationID;
import org.apache.flink.api.common.ApplicationState;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.application.ApplicationExceptionHistoryEntry;
import org.apache.flink.runtime.application.ArchivedApplication;
import org.apache.flink.runtime.messages.webmonitor.ApplicationDetails;
import org.apache.flink.runtime.messages.webmonitor.ApplicationDetailsInfo;
import org.apache.flink.runtime.messages.webmonitor.MultipleApplicationsDetails;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.rest.messages.ApplicationExceptionsInfoWithHistory;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApplicationsConverterTest {

    private static final JobID JOB = new JobID(1, 2);

    @ParameterizedTest
    @EnumSource(ApplicationState.class)
    void anApplicationIsShownAsFlinkShowsIt(ApplicationState state) {
        ArchivedApplication application = application(state);

        JsonNode shown = JsonTrees.ofDrey(ApplicationsConverter.details(application));

        assertThat(withoutClock(shown))
                .isEqualTo(
                        withoutClock(
                                JsonTrees.ofFlink(
                                        ApplicationDetailsInfo.fromArchivedApplication(
                                                application))));
        assertThat(shown.get("jobs")).hasSize(1);
    }

    @Test
    void theDurationOfARunningApplicationGoesOn() {
        JsonNode shown =
                JsonTrees.ofDrey(
                        ApplicationsConverter.details(application(ApplicationState.RUNNING), 2500));

        assertThat(shown.get("duration").longValue()).isEqualTo(2500 - startOf(shown));
        assertThat(shown.get("end-time").longValue()).isEqualTo(-1);
    }

    @Test
    void theListIsShownAsFlinkShowsIt() {
        MultipleApplicationsDetails applications =
                new MultipleApplicationsDetails(
                        List.of(
                                ApplicationDetails.fromArchivedApplication(
                                        application(ApplicationState.FINISHED)),
                                ApplicationDetails.fromArchivedApplication(
                                        application(ApplicationState.FAILED))));

        JsonNode shown = JsonTrees.ofDrey(ApplicationsConverter.overview(applications));

        assertThat(shown).isEqualTo(JsonTrees.ofFlink(applications));
        assertThat(shown.get("applications").get(0).get("jobs"))
                .isEqualTo(JsonTrees.of("{\"RUNNING\":1}"));
    }

    @Test
    void whatFailedIsShownAsFlinkShowsIt() {
        ArchivedApplication application =
                application(
                        ApplicationState.FAILED,
                        new ApplicationExceptionHistoryEntry(
                                new IllegalStateException("no", new IOException("disk")), 5, JOB),
                        new ApplicationExceptionHistoryEntry(new Error(), 6, null));

        JsonNode shown = JsonTrees.ofDrey(ApplicationsConverter.exceptions(application));

        assertThat(shown.toString())
                .isEqualTo(
                        JsonTrees.ofFlink(
                                        ApplicationExceptionsInfoWithHistory
                                                .fromApplicationExceptionHistory(
                                                        application.getExceptionHistory()))
                                .toString());
        JsonNode entries = shown.get("exceptionHistory").get("entries");
        assertThat(entries.get(0).get("jobId").textValue()).isEqualTo(JOB.toString());
        assertThat(entries.get(1).has("jobId")).isFalse();
    }

    private static long startOf(JsonNode application) {
        return application.get("start-time").longValue();
    }

    /** A duration up to now differs from one call to the next. */
    private static JsonNode withoutClock(JsonNode application) {
        ObjectNode copy = application.deepCopy();
        if (copy.get("end-time").longValue() < 0) {
            copy.remove("duration");
        }
        copy.get("jobs").forEach(job -> ((ObjectNode) job).remove("duration"));
        return copy;
    }

    private static ArchivedApplication application(
            ApplicationState state, ApplicationExceptionHistoryEntry... failures) {
        long[] timestamps = new long[ApplicationState.values().length];
        for (int i = 0; i < timestamps.length; i++) {
            timestamps[i] = 1000L + i;
        }
        return new ArchivedApplication(
                new ApplicationID(3, 4),
                "an application",
                state,
                timestamps,
                Map.of(
                        JOB,
                        new ExecutionGraphInfo(
                                new ArchivedExecutionGraphBuilder()
                                        .setJobID(JOB)
                                        .setState(JobStatus.RUNNING)
                                        .build())),
                List.of(failures));
    }
}
