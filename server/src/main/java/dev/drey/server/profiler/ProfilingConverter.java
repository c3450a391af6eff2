package dev.drey.server.profiler;

import dev.drey.model.profiler.ProfilingInfo;
import dev.drey.model.profiler.ProfilingInfo.ProfilingMode;
import dev.drey.model.profiler.ProfilingInfo.ProfilingStatus;
import dev.drey.model.profiler.ProfilingInfoList;
import java.util.Collection;

/** Profiles as Flink's profilers tell of them. */
public final class ProfilingConverter {

    /** Those of one process. */
    public static ProfilingInfoList list(
            Collection<org.apache.flink.runtime.rest.messages.ProfilingInfo> profiles) {
        return new ProfilingInfoList(profiles.stream().map(ProfilingConverter::info).toList());
    }

    /** One of them. */
    public static ProfilingInfo info(org.apache.flink.runtime.rest.messages.ProfilingInfo profile) {
        // Flink's own endpoint begins one without a mode, and keeps how that failed.
        ProfilingMode mode =
                profile.getProfilingMode() == null
                        ? null
                        : ProfilingMode.valueOf(profile.getProfilingMode().name());
        return new ProfilingInfo(
                ProfilingStatus.valueOf(profile.getStatus().name()),
                mode,
                profile.getTriggerTime(),
                profile.getFinishedTime(),
                profile.getDuration(),
                profile.getMessage(),
                profile.getOutputFile(),
                mode);
    }

    /** What Flink's profilers call {@code mode}. */
    public static org.apache.flink.runtime.rest.messages.ProfilingInfo.ProfilingMode mode(
            ProfilingMode mode) {
        return org.apache.flink.runtime.rest.messages.ProfilingInfo.ProfilingMode.valueOf(
                mode.name());
    }

    private ProfilingConverter() {}
}
