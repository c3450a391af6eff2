package dev.drey.server.jobmanager;

import dev.drey.model.jobmanager.ConfigurationInfoEntry;
import dev.drey.model.jobmanager.EnvironmentInfo;
import java.io.File;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** The JobManager runs in this process. */
public final class ThisProcess implements JobManagerProcess {

    private final List<ConfigurationInfoEntry> configuration;

    public ThisProcess(Configuration configuration) {
        this.configuration =
                ConfigurationUtils.hideSensitiveValues(configuration.toMap()).entrySet().stream()
                        .map(
                                option ->
                                        new ConfigurationInfoEntry(
                                                option.getKey(), option.getValue()))
                        .toList();
    }

    @Override
    public CompletableFuture<List<ConfigurationInfoEntry>> configuration() {
        return CompletableFuture.completedFuture(configuration);
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
}
