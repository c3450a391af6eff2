package dev.drey.model.profiler;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.profiler.ProfilingInfo.ProfilingMode;

/**
 * Asks for a profile of a process.
 *
 * @param mode what is sampled
 * @param duration how long it takes, in seconds: at least 1, and at most {@code
 *     rest.profiling.duration-max} (300 unless set)
 */
public record ProfilingRequestBody(
        @JsonProperty("mode") ProfilingMode mode, @JsonProperty("duration") Integer duration) {}
