package dev.drey.model.rescaling;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The rescales of a job in numbers, and its latest ones.
 *
 * @param rescalesCounts how many there were, those that are no longer remembered included
 * @param latest the latest ones
 */
public record JobRescalesOverview(
        @JsonProperty("rescalesCounts") RescalesCounts rescalesCounts,
        @JsonProperty("latest") LatestRescales latest) {

    /** How many rescales ended in each way, and how many have not ended. */
    public record RescalesCounts(
            @JsonProperty("ignored") long ignored,
            @JsonProperty("inProgress") long inProgress,
            @JsonProperty("completed") long completed,
            @JsonProperty("failed") long failed) {}

    /** The latest rescale that ended in each way; {@code null} if none did. */
    public record LatestRescales(
            @JsonProperty("completed") JobRescaleDetails completed,
            @JsonProperty("failed") JobRescaleDetails failed,
            @JsonProperty("ignored") JobRescaleDetails ignored) {}
}
