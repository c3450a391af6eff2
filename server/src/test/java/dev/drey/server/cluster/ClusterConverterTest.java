package dev.drey.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.SchedulerExecutionMode;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.rest.handler.legacy.messages.ClusterOverviewWithVersion;
import org.apache.flink.runtime.rest.messages.DashboardConfiguration;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;

class ClusterConverterTest {

    private final Configuration configuration = new Configuration();

    @Test
    void theClusterIsShown() {
        assertSameAsFlink(new ClusterOverview(1, 2, 3, 0, 0, 4, 5, 6, 7));
    }

    @Test
    void blockedTaskManagersAreShownIfThereAreAny() {
        assertSameAsFlink(new ClusterOverview(9, 8, 7, 2, 3, 4, 5, 6, 7));
        assertSameAsFlink(new ClusterOverview(9, 8, 7, 2, 0, 4, 5, 6, 7));
    }

    @Test
    void theDashboardIsConfiguredAsByFlink() {
        assertThat(features()).isEqualTo(flinksFeatures(true, true, false));
    }

    @Test
    void rescalingIsOfferedWithTheAdaptiveSchedulerAlone() {
        configuration.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Adaptive);
        assertThat(features()).isEqualTo(flinksFeatures(true, true, true));

        configuration.set(JobManagerOptions.SCHEDULER_MODE, SchedulerExecutionMode.REACTIVE);
        assertThat(features()).isEqualTo(flinksFeatures(true, true, false));
    }

    @Test
    void whatIsSwitchedOffIsNotOffered() {
        configuration.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Adaptive);
        configuration.set(WebOptions.SUBMIT_ENABLE, false);
        configuration.set(WebOptions.CANCEL_ENABLE, false);
        configuration.set(WebOptions.RESCALE_ENABLE, false);
        configuration.set(WebOptions.REFRESH_INTERVAL, Duration.ofMillis(1234));

        assertThat(features()).isEqualTo(flinksFeatures(false, false, false));
    }

    private JsonNode features() {
        return JsonTrees.ofDrey(ClusterConverter.dashboardConfiguration(configuration));
    }

    private JsonNode flinksFeatures(boolean submit, boolean cancel, boolean rescale) {
        return JsonTrees.ofFlink(
                DashboardConfiguration.from(
                        configuration.get(WebOptions.REFRESH_INTERVAL).toMillis(),
                        ZonedDateTime.now(ZoneId.systemDefault()),
                        submit,
                        cancel,
                        rescale,
                        false));
    }

    private static void assertSameAsFlink(ClusterOverview overview) {
        assertThat(JsonTrees.ofDrey(ClusterConverter.overview(overview)))
                .isEqualTo(
                        JsonTrees.ofFlink(
                                ClusterOverviewWithVersion.fromStatusOverview(
                                        overview,
                                        EnvironmentInformation.getVersion(),
                                        EnvironmentInformation.getRevisionInformation().commitId)));
    }
}
