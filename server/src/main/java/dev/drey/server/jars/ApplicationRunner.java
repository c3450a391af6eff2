package dev.drey.server.jars;

import static java.util.Objects.requireNonNull;

import dev.drey.model.ApplicationId;
import dev.drey.model.JarId;
import dev.drey.model.jars.JarRunApplicationRequestBody;
import dev.drey.model.jars.JarRunApplicationResponseBody;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Ids;
import dev.drey.server.ServerExecutors;
import dev.drey.server.async.IdempotencyKey;
import dev.drey.server.error.Failures;
import dev.drey.server.jobmanager.ClusterRestEndpoint;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.InternalServerErrorException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.ApplicationID;
import org.apache.flink.client.deployment.application.PackagedProgramApplication;
import org.apache.flink.client.program.JarInfo;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.blob.BlobClient;
import org.apache.flink.runtime.client.ClientUtils;
import org.apache.flink.runtime.client.DuplicateApplicationSubmissionException;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.FlinkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs programs of uploaded jars as applications, whose main methods the JobManager calls. */
public final class ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ApplicationRunner.class);

    private final ClusterGateways gateways;
    private final Configuration configuration;
    private final ServerExecutors executors;
    private final Duration timeout;

    @Inject
    public ApplicationRunner(
            ClusterGateways gateways, Configuration configuration, ServerExecutors executors) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.configuration = requireNonNull(configuration, "configuration is null");
        this.executors = requireNonNull(executors, "executors is null");
        this.timeout = configuration.get(WebOptions.TIMEOUT);
    }

    /**
     * Submits an application, and answers before its main method has begun. If the cluster knows
     * the application of {@code key}, it was submitted, here or elsewhere.
     */
    CompletableFuture<JarRunApplicationResponseBody> run(
            Path jar, JarRunApplicationRequestBody request, Optional<IdempotencyKey> key) {
        Optional<ApplicationId> named =
                key.filter(given -> request.applicationId() == null)
                        .map(IdempotencyKey::applicationId);
        return named.isEmpty() ? run(jar, request) : runUnlessKnown(jar, request, named.get());
    }

    private CompletableFuture<JarRunApplicationResponseBody> runUnlessKnown(
            Path jar, JarRunApplicationRequestBody request, ApplicationId id) {
        JarRunApplicationResponseBody submitted = new JarRunApplicationResponseBody(id);
        return isKnown(id)
                .thenCompose(
                        known ->
                                known
                                        ? CompletableFuture.completedFuture(submitted)
                                        : run(jar, request.withApplicationId(id)))
                .exceptionallyCompose(
                        failure ->
                                ExceptionUtils.findThrowable(
                                                        failure,
                                                        DuplicateApplicationSubmissionException
                                                                .class)
                                                .isPresent()
                                        ? CompletableFuture.completedFuture(submitted)
                                        : CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<Boolean> isKnown(ApplicationId id) {
        ApplicationID asked = Ids.toFlink(id);
        return gateways.dispatcher()
                .thenCompose(dispatcher -> dispatcher.requestMultipleApplicationDetails(timeout))
                .thenApply(
                        known ->
                                known.getApplications().stream()
                                        .anyMatch(
                                                application ->
                                                        application
                                                                .getApplicationId()
                                                                .equals(asked)));
    }

    private CompletableFuture<JarRunApplicationResponseBody> run(
            Path jar, JarRunApplicationRequestBody request) {
        return CompletableFuture.supplyAsync(() -> load(jar, request), executors.files())
                .thenCompose(
                        program ->
                                gateways.jobManager()
                                        .elsewhere()
                                        .map(
                                                endpoint -> {
                                                    program.program().close();
                                                    return endpoint.runApplication(jar, request);
                                                })
                                        .orElseGet(() -> submit(jar, request, program)));
    }

    /** What a cluster elsewhere was given of a jar is deleted there, if it can be reached. */
    void forget(JarId jar) {
        Optional<ClusterRestEndpoint> elsewhere = gateways.jobManager().elsewhere();
        if (elsewhere.isPresent()) {
            var unused =
                    elsewhere
                            .get()
                            .deleteCopies(jar)
                            .exceptionally(
                                    failure -> {
                                        LOG.warn(
                                                "Copies of {} may be left at the cluster: {}",
                                                jar,
                                                Failures.line(Failures.strip(failure)));
                                        return null;
                                    });
        }
    }

    private Loaded load(Path jar, JarRunApplicationRequestBody request) {
        JarProgram program = JarProgram.of(jar, request, configuration);
        PackagedProgram packaged = program.load();
        return new Loaded(packaged, program.configuration(packaged));
    }

    private CompletableFuture<JarRunApplicationResponseBody> submit(
            Path jar, JarRunApplicationRequestBody request, Loaded loaded) {
        ApplicationID id =
                Optional.ofNullable(request.applicationId())
                        .map(asked -> ApplicationID.fromHexString(asked.value()))
                        .orElseGet(ApplicationID::generate);
        return gateways.dispatcher()
                .thenCompose(
                        dispatcher ->
                                kept(dispatcher, jar, id, loaded)
                                        .thenCompose(
                                                blob ->
                                                        dispatcher.submitApplication(
                                                                application(id, loaded, blob),
                                                                timeout)))
                .thenApply(
                        acknowledged ->
                                new JarRunApplicationResponseBody(
                                        new ApplicationId(id.toHexString())))
                .exceptionallyCompose(
                        failure -> {
                            loaded.program().close();
                            return CompletableFuture.failedFuture(
                                    explained(id, Failures.strip(failure)));
                        });
    }

    /**
     * Where another JobManager may have to go on with the application, it needs the jar, and has to
     * know the job again by its id.
     */
    private CompletableFuture<Optional<JarInfo>> kept(
            DispatcherGateway dispatcher, Path jar, ApplicationID id, Loaded loaded) {
        if (!HighAvailabilityMode.isHighAvailabilityModeActivated(configuration)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (!loaded.configuration().contains(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID)) {
            loaded.configuration()
                    .set(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, id.toHexString());
        }
        return dispatcher
                .getBlobServerPort(timeout)
                .thenApplyAsync(
                        port ->
                                Optional.of(
                                        upload(
                                                jar,
                                                id,
                                                new InetSocketAddress(
                                                        dispatcher.getHostname(), port))),
                        executors.downloads());
    }

    private JarInfo upload(Path jar, ApplicationID id, InetSocketAddress blobServer) {
        try {
            return new JarInfo(
                    jar.getFileName().toString(),
                    ClientUtils.uploadUserJarForApplication(
                            new org.apache.flink.core.fs.Path(jar.toUri()),
                            id,
                            () -> new BlobClient(blobServer, configuration)));
        } catch (FlinkException e) {
            throw new InternalServerErrorException(
                    "The jar cannot be sent to the cluster's blob server at %s: %s"
                            .formatted(blobServer, Failures.told(Failures.root(e))),
                    e);
        }
    }

    /**
     * One streaming job, or any number of batch jobs; the cluster outlives it, whatever it does.
     */
    private static PackagedProgramApplication application(
            ApplicationID id, Loaded loaded, Optional<JarInfo> jar) {
        return new PackagedProgramApplication(
                id,
                loaded.program(),
                loaded.configuration(),
                Integer.MAX_VALUE,
                1,
                false,
                false,
                false,
                jar.orElse(null));
    }

    private static Throwable explained(ApplicationID id, Throwable failure) {
        // As Flink, which answers 400 here.
        return failure instanceof DuplicateApplicationSubmissionException
                ? new BadRequestException(
                        "Application %s was submitted before".formatted(id), failure)
                : new CompletionException(failure);
    }

    /** A program whose main class is there. */
    private record Loaded(PackagedProgram program, Configuration configuration) {}
}
