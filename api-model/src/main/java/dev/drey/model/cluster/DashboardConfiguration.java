package dev.drey.model.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.Millis;
import java.time.Duration;
import java.util.Optional;

/**
 * What the web dashboard asks first.
 *
 * @param refreshInterval the dashboard's refresh interval in milliseconds, from {@code
 *     web.refresh-interval}
 * @param timeZoneName name of the server's time zone
 * @param timeZoneOffset its offset from UTC in milliseconds
 * @param flinkVersion the cluster's Flink version
 * @param flinkRevision commit and date of that version
 * @param features what the dashboard offers
 */
public record DashboardConfiguration(
        @JsonProperty("refresh-interval") long refreshInterval,
        @JsonProperty("timezone-name") String timeZoneName,
        @JsonProperty("timezone-offset") int timeZoneOffset,
        @JsonProperty("flink-version") String flinkVersion,
        @JsonProperty("flink-revision") String flinkRevision,
        @JsonProperty("features") Features features) {
    /** How often the dashboard asks again. */
    public Optional<Duration> refresh() {
        return Millis.duration(refreshInterval);
    }

    /**
     * What the dashboard offers.
     *
     * @param webSubmit jobs can be submitted ({@code web.submit.enable})
     * @param webCancel jobs can be cancelled ({@code web.cancel.enable})
     * @param webRescale jobs can be rescaled ({@code web.rescale.enable}, adaptive scheduler only)
     * @param webHistory the answering server is a history server
     */
    public record Features(
            @JsonProperty("web-submit") boolean webSubmit,
            @JsonProperty("web-cancel") boolean webCancel,
            @JsonProperty("web-rescale") boolean webRescale,
            @JsonProperty("web-history") boolean webHistory) {}
}
