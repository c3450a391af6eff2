package dev.drey.server.jars;

import dev.drey.model.jars.JarPlanRequestBody;
import dev.drey.model.jars.JarRunApplicationRequestBody;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.server.Ids;
import dev.drey.server.error.Failures;
import jakarta.ws.rs.BadRequestException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.client.deployment.application.executors.EmbeddedExecutor;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.PackagedProgramUtils;
import org.apache.flink.client.program.ProgramInvocationException;
import org.apache.flink.configuration.ConfigUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

/** A request to run a jar, as Flink's client takes it. */
final class JarProgram {

    private final Path jar;
    private final JarRunRequestBody request;
    private final Configuration configuration;

    private JarProgram(Path jar, JarRunRequestBody request, Configuration configuration) {
        this.jar = jar;
        this.request = request;
        this.configuration = configuration;
    }

    /**
     * Puts a request over the cluster's configuration.
     *
     * @throws BadRequestException if it asks for what cannot be
     */
    static JarProgram of(Path jar, JarRunRequestBody request, Configuration cluster) {
        JarProgram program = configured(jar, request, cluster);
        program.requireParallelism();
        program.configuration.set(DeploymentOptions.ATTACHED, false);
        return program;
    }

    /**
     * Puts a request for an application over the cluster's configuration.
     *
     * @throws BadRequestException if it asks for what cannot be
     */
    static JarProgram of(Path jar, JarRunApplicationRequestBody request, Configuration cluster) {
        return configured(
                jar,
                new JarRunRequestBody(
                        request.entryClassName(),
                        request.programArgumentsList(),
                        request.parallelism(),
                        request.jobId(),
                        request.allowNonRestoredState(),
                        request.savepointPath(),
                        request.recoveryClaimMode(),
                        request.flinkConfiguration()),
                cluster);
    }

    private static JarProgram configured(
            Path jar, JarRunRequestBody request, Configuration cluster) {
        try {
            return new JarProgram(jar, request, configured(request, cluster));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("flinkConfiguration: " + Failures.line(e), e);
        }
    }

    /**
     * Puts a request for a plan over the cluster's configuration.
     *
     * @throws BadRequestException if it asks for what cannot be
     */
    static JarProgram of(Path jar, JarPlanRequestBody request, Configuration cluster) {
        return of(
                jar,
                new JarRunRequestBody(
                        request.entryClassName(),
                        request.programArgumentsList(),
                        request.parallelism(),
                        request.jobId(),
                        null,
                        null,
                        null,
                        request.flinkConfiguration()),
                cluster);
    }

    private int parallelism() {
        return configuration.get(CoreOptions.DEFAULT_PARALLELISM);
    }

    /** It may be left open, as in Flink. */
    private void requireParallelism() {
        if (parallelism() < 1 && parallelism() != ExecutionConfig.PARALLELISM_DEFAULT) {
            throw new BadRequestException(
                    "parallelism: %d is none: it must be at least 1".formatted(parallelism()));
        }
    }

    private static Configuration configured(JarRunRequestBody request, Configuration cluster) {
        Map<String, String> options =
                Optional.ofNullable(request.flinkConfiguration()).orElse(Map.of());
        options.forEach(
                (key, value) -> {
                    if (value == null) {
                        throw new BadRequestException(
                                "flinkConfiguration: '%s' has no value".formatted(key));
                    }
                });
        Configuration asked = Configuration.fromMap(options);
        int parallelism =
                Optional.ofNullable(request.parallelism())
                        .orElseGet(() -> asked.get(CoreOptions.DEFAULT_PARALLELISM));
        Configuration configuration = new Configuration(cluster);
        configuration.addAll(asked);
        configuration.set(DeploymentOptions.TARGET, EmbeddedExecutor.NAME);
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        if (request.jobId() != null) {
            configuration.set(
                    PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, request.jobId().value());
        }
        SavepointRestoreSettings.toConfiguration(restore(request, configuration), configuration);
        return configuration;
    }

    /**
     * Loads its main class. The caller closes what it is given.
     *
     * @throws BadRequestException if there is no such class or it has no main method
     */
    PackagedProgram load() {
        try {
            return PackagedProgram.newBuilder()
                    .setJarFile(jar.toFile())
                    .setEntryPointClassName(emptyToNull(request.entryClassName()))
                    .setConfiguration(configuration)
                    .setUserClassPaths(classPaths())
                    .setArguments(
                            Optional.ofNullable(request.programArgumentsList())
                                    .orElse(List.of())
                                    .toArray(String[]::new))
                    .build();
        } catch (ProgramInvocationException | LinkageError e) {
            throw new BadRequestException("The program cannot be loaded: " + Failures.line(e), e);
        }
    }

    /** What {@code loaded} runs with. */
    Configuration configuration(PackagedProgram loaded) {
        ConfigUtils.encodeCollectionToConfig(
                configuration,
                PipelineOptions.JARS,
                loaded.getJobJarAndDependencies(),
                URL::toString);
        ConfigUtils.encodeCollectionToConfig(
                configuration, PipelineOptions.CLASSPATHS, loaded.getClasspaths(), URL::toString);
        return configuration;
    }

    /**
     * Calls its main method until it has a job to run, which is not run.
     *
     * @throws ProgramInvocationException if main fails; it has no cause if main has no job
     */
    JobGraph jobGraph(PackagedProgram loaded) throws ProgramInvocationException {
        // Suppressing what it prints would do so for the whole process.
        return PackagedProgramUtils.createJobGraph(
                loaded,
                configuration(loaded),
                parallelism(),
                request.jobId() == null ? null : Ids.toFlink(request.jobId()),
                false);
    }

    private List<URL> classPaths() {
        try {
            return ConfigUtils.decodeListFromConfig(
                    configuration, PipelineOptions.CLASSPATHS, path -> URI.create(path).toURL());
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new BadRequestException(
                    "%s: %s holds what is no URL: %s"
                            .formatted(
                                    PipelineOptions.CLASSPATHS.key(),
                                    configuration.get(PipelineOptions.CLASSPATHS),
                                    Failures.line(e)),
                    e);
        }
    }

    private static SavepointRestoreSettings restore(
            JarRunRequestBody request, Configuration configuration) {
        String path =
                Optional.ofNullable(emptyToNull(request.savepointPath()))
                        .orElseGet(() -> configuration.get(StateRecoveryOptions.SAVEPOINT_PATH));
        if (path == null) {
            return SavepointRestoreSettings.none();
        }
        boolean allowNonRestoredState =
                Optional.ofNullable(request.allowNonRestoredState())
                        .orElseGet(
                                () ->
                                        configuration.get(
                                                StateRecoveryOptions
                                                        .SAVEPOINT_IGNORE_UNCLAIMED_STATE));
        RecoveryClaimMode claimMode =
                Optional.ofNullable(request.recoveryClaimMode())
                        .map(mode -> RecoveryClaimMode.valueOf(mode.name()))
                        .orElseGet(() -> configuration.get(StateRecoveryOptions.RESTORE_MODE));
        return SavepointRestoreSettings.forPath(path, allowNonRestoredState, claimMode);
    }

    private static String emptyToNull(String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
