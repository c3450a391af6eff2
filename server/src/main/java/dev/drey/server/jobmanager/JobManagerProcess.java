package dev.drey.server.jobmanager;

import dev.drey.model.jobmanager.ConfigurationInfoEntry;
import dev.drey.model.jobmanager.EnvironmentInfo;
import dev.drey.model.processes.LogListInfo;
import dev.drey.model.profiler.ProfilingInfo;
import dev.drey.model.profiler.ProfilingInfoList;
import dev.drey.model.profiler.ProfilingRequestBody;
import dev.drey.server.http.Content;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What only the JobManager's own process knows: no gateway of Flink tells it. */
public interface JobManagerProcess {

    /** Its REST endpoint, if it is not this process: it cannot read files of this one then. */
    Optional<ClusterRestEndpoint> elsewhere();

    /** The configuration it was started with; values of sensitive keys are masked. */
    CompletableFuture<List<ConfigurationInfoEntry>> configuration();

    /** Its virtual machine and class path. */
    CompletableFuture<EnvironmentInfo> environment();

    /** The files in its log folder. */
    CompletableFuture<LogListInfo> logs();

    /** Its log; fails with 404 if it has none. */
    CompletableFuture<? extends Content> log();

    /** A file of its log folder; fails with 404 if there is no such file. */
    CompletableFuture<? extends Content> log(String name);

    /** What it has printed; fails with 404 if there is no such file. */
    CompletableFuture<? extends Content> stdout();

    /** The profiles of it that were taken since it started. */
    CompletableFuture<ProfilingInfoList> profiles();

    /** A file of its folder of profiles; fails with 404 if there is no such file. */
    CompletableFuture<? extends Content> profile(String name);

    /** Begins a profile of it; fails as Flink's profiler does, or with the status to answer. */
    CompletableFuture<ProfilingInfo> startProfile(ProfilingRequestBody profile);
}
