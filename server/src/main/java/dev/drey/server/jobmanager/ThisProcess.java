package dev.drey.server.jobmanager;

import static java.util.Objects.requireNonNull;

import dev.drey.model.jobmanager.ConfigurationInfoEntry;
import dev.drey.model.jobmanager.EnvironmentInfo;
import dev.drey.model.processes.LogListInfo;
import dev.drey.model.profiler.ProfilingInfo;
import dev.drey.model.profiler.ProfilingInfoList;
import dev.drey.model.profiler.ProfilingRequestBody;
import dev.drey.server.http.FileContent;
import dev.drey.server.processes.FileFolder;
import dev.drey.server.processes.LogFolder;
import dev.drey.server.profiler.ProfilingConverter;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.runtime.util.profiler.ProfilingService;

/** The JobManager runs in this process. */
public final class ThisProcess implements JobManagerProcess {

    /** What Flink's own endpoint calls it where it profiles it. */
    private static final String PROFILED_AS = "JobManager";

    private final Configuration configuration;
    private final List<ConfigurationInfoEntry> entries;
    private final LogFolder logs;
    private final FileFolder profiles;
    private final Executor files;

    /**
     * @param configuration that it was started with
     * @param files reads from disk
     */
    public ThisProcess(Configuration configuration, Executor files) {
        this.configuration = requireNonNull(configuration, "configuration is null");
        this.files = requireNonNull(files, "files is null");
        this.logs = LogFolder.of(configuration);
        this.profiles =
                new FileFolder(
                        Optional.of(Path.of(configuration.get(RestOptions.PROFILING_RESULT_DIR))),
                        "folder of profiles");
        this.entries =
                ConfigurationUtils.hideSensitiveValues(configuration.toMap()).entrySet().stream()
                        .map(
                                option ->
                                        new ConfigurationInfoEntry(
                                                option.getKey(), option.getValue()))
                        .toList();
    }

    @Override
    public Optional<ClusterRestEndpoint> elsewhere() {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<List<ConfigurationInfoEntry>> configuration() {
        return CompletableFuture.completedFuture(entries);
    }

    @Override
    public CompletableFuture<EnvironmentInfo> environment() {
        return CompletableFuture.completedFuture(
                new EnvironmentInfo(
                        new EnvironmentInfo.JVMInfo(
                                EnvironmentInformation.getJvmVersion(),
                                System.getProperty("os.arch"),
                                List.of(EnvironmentInformation.getJvmStartupOptionsArray())),
                        List.of(
                                System.getProperty("java.class.path")
                                        .split(File.pathSeparator, 0))));
    }

    @Override
    public CompletableFuture<LogListInfo> logs() {
        return CompletableFuture.supplyAsync(logs::list, files);
    }

    @Override
    public CompletableFuture<FileContent> log() {
        return CompletableFuture.supplyAsync(logs::log, files);
    }

    @Override
    public CompletableFuture<FileContent> log(String name) {
        return CompletableFuture.supplyAsync(() -> logs.file(name), files);
    }

    @Override
    public CompletableFuture<FileContent> stdout() {
        return CompletableFuture.supplyAsync(logs::stdout, files);
    }

    @Override
    public CompletableFuture<ProfilingInfoList> profiles() {
        return CompletableFuture.supplyAsync(this::listProfiles, files);
    }

    @Override
    public CompletableFuture<FileContent> profile(String name) {
        return CompletableFuture.supplyAsync(() -> profiles.file(name), files);
    }

    @Override
    public CompletableFuture<ProfilingInfo> startProfile(ProfilingRequestBody profile) {
        return CompletableFuture.supplyAsync(() -> begin(profile), files);
    }

    /** Flink's profiler is not made for several threads at once. */
    private synchronized ProfilingInfoList listProfiles() {
        return ProfilingConverter.list(profiler().getProfilingList(PROFILED_AS).join());
    }

    private synchronized ProfilingInfo begin(ProfilingRequestBody profile) {
        return ProfilingConverter.info(
                profiler()
                        .requestProfiling(
                                PROFILED_AS,
                                profile.duration(),
                                ProfilingConverter.mode(profile.mode()))
                        .join());
    }

    /** It is this process's, and others may end it. */
    private ProfilingService profiler() {
        return ProfilingService.getInstance(configuration);
    }
}
