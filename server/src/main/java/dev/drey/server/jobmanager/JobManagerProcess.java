package dev.drey.server.jobmanager;

import dev.drey.model.jobmanager.ConfigurationInfoEntry;
import dev.drey.model.jobmanager.EnvironmentInfo;
import dev.drey.model.profiler.ProfilingInfoList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What only the JobManager's own process knows: no gateway of Flink tells it. */
public interface JobManagerProcess {

    /** The configuration it was started with; values of sensitive keys are masked. */
    CompletableFuture<List<ConfigurationInfoEntry>> configuration();

    /** Its virtual machine and class path. */
    CompletableFuture<EnvironmentInfo> environment();

    /** The profiles of it that were taken since it started. */
    CompletableFuture<ProfilingInfoList> profiles();
}
