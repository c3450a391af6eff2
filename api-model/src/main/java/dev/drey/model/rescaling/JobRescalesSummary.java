package dev.drey.model.rescaling;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.checkpoints.StatsSummaryDto;

/**
 * How many rescales a job had and how long they took. Durations are milliseconds.
 *
 * @param rescalesCounts how many there were, those that are no longer remembered included
 * @param rescalesDurationStats durations of all that have ended
 * @param completedRescalesDurationStats of those that succeeded
 * @param ignoredRescalesDurationStats of those that something else came before
 * @param failedRescalesDurationStats of those that failed
 */
public record JobRescalesSummary(
        @JsonProperty("rescalesCounts") JobRescalesOverview.RescalesCounts rescalesCounts,
        @JsonProperty("rescalesDurationStatsInMillis") StatsSummaryDto rescalesDurationStats,
        @JsonProperty("completedRescalesDurationStatsInMillis")
                StatsSummaryDto completedRescalesDurationStats,
        @JsonProperty("ignoredRescalesDurationStatsInMillis")
                StatsSummaryDto ignoredRescalesDurationStats,
        @JsonProperty("failedRescalesDurationStatsInMillis")
                StatsSummaryDto failedRescalesDurationStats) {}
