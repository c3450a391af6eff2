package dev.drey.model.profiler;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The profiles of a process.
 *
 * @param profilingInfos newest first, as many as {@code rest.profiling.history-size} says
 */
public record ProfilingInfoList(
        @JsonProperty("profilingList") List<ProfilingInfo> profilingInfos) {}
