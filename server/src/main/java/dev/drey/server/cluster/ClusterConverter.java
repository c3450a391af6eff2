package dev.drey.server.cluster;

import dev.drey.model.cluster.ClusterOverviewWithVersion;
import dev.drey.model.cluster.DashboardConfiguration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.util.EnvironmentInformation;

final class ClusterConverter {

    static ClusterOverviewWithVersion overview(ClusterOverview overview) {
        return new ClusterOverviewWithVersion(
                overview.getNumTaskManagersConnected(),
                overview.getNumSlotsTotal(),
                overview.getNumSlotsAvailable(),
                nullIfNone(overview.getNumTaskManagersBlocked()),
                nullIfNone(overview.getNumSlotsFreeAndBlocked()),
                overview.getNumJobsRunningOrPending(),
                overview.getNumJobsFinished(),
                overview.getNumJobsCancelled(),
                overview.getNumJobsFailed(),
                EnvironmentInformation.getVersion(),
                EnvironmentInformation.getRevisionInformation().commitId);
    }

    static DashboardConfiguration dashboardConfiguration(Configuration configuration) {
        ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
        EnvironmentInformation.RevisionInformation revision =
                EnvironmentInformation.getRevisionInformation();
        boolean rescaleSupported =
                ClusterOptions.isAdaptiveSchedulerEnabled(configuration)
                        && !ClusterOptions.isReactiveModeEnabled(configuration);
        return new DashboardConfiguration(
                configuration.get(WebOptions.REFRESH_INTERVAL).toMillis(),
                now.getZone().getDisplayName(TextStyle.FULL, Locale.getDefault()),
                now.getOffset().getTotalSeconds() * 1000,
                EnvironmentInformation.getVersion(),
                revision.commitId + " @ " + revision.commitDate,
                new DashboardConfiguration.Features(
                        configuration.get(WebOptions.SUBMIT_ENABLE),
                        configuration.get(WebOptions.CANCEL_ENABLE),
                        rescaleSupported && configuration.get(WebOptions.RESCALE_ENABLE),
                        false));
    }

    private static Integer nullIfNone(int count) {
        return count == 0 ? null : count;
    }

    private ClusterConverter() {}
}
