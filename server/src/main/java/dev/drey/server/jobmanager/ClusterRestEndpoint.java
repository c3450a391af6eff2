package dev.drey.server.jobmanager;

import static java.util.Objects.requireNonNull;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.async.OutcomeUnknownException;
import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.transport.Download;
import dev.drey.client.transport.RetrySettings;
import dev.drey.client.transport.TlsSettings;
import dev.drey.model.JarId;
import dev.drey.model.jars.JarListInfo.JarFileInfo;
import dev.drey.model.jars.JarRunApplicationRequestBody;
import dev.drey.model.jars.JarRunApplicationResponseBody;
import dev.drey.model.jars.JarUploadResponseBody;
import dev.drey.model.jobmanager.ConfigurationInfo;
import dev.drey.model.jobmanager.ConfigurationInfoEntry;
import dev.drey.model.jobmanager.EnvironmentInfo;
import dev.drey.model.processes.LogListInfo;
import dev.drey.model.profiler.ProfilingInfo;
import dev.drey.model.profiler.ProfilingInfoList;
import dev.drey.model.profiler.ProfilingRequestBody;
import dev.drey.server.error.Failures;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ServerErrorException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Response;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JobManager runs elsewhere, and its own REST endpoint tells what only that process knows. It
 * is told where that is by the HA services, or once and for all.
 */
public final class ClusterRestEndpoint
        implements JobManagerProcess, LeaderRetrievalListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterRestEndpoint.class);

    private static final String JOB_MANAGER_MODE = "jobmanager";
    private static final long RETRY_AFTER_SECONDS = 1;

    private static final int BAD_REQUEST = Response.Status.BAD_REQUEST.getStatusCode();
    private static final int NOT_FOUND = Response.Status.NOT_FOUND.getStatusCode();
    private static final int CONFLICT = Response.Status.CONFLICT.getStatusCode();

    /** What stock Flink says while it takes a profile. */
    private static final String BUSY = "is still under profiling";

    /** What stock Flink says of a profile that its own configuration does not allow. */
    private static final String TOO_LONG = "`duration` must be set between";

    private final TlsSettings tls;
    private Connection connection;
    private boolean closed;

    /**
     * An endpoint that nobody has named yet.
     *
     * @param tls how it is spoken to if it speaks TLS
     */
    public ClusterRestEndpoint(TlsSettings tls) {
        this.tls = requireNonNull(tls, "tls is null");
    }

    /**
     * The endpoint at {@code uri}.
     *
     * @throws IllegalArgumentException if that is no http or https URI of a host
     */
    public ClusterRestEndpoint(String uri, TlsSettings tls) {
        this(tls);
        this.connection = new Connection(uri, tls);
    }

    @Override
    public Optional<ClusterRestEndpoint> elsewhere() {
        return Optional.of(this);
    }

    /**
     * Runs the program of a jar there. A copy of the jar goes there with the first application and
     * stays, for a program may read its jar as long as it runs. Fails with 501 where there is no
     * way.
     *
     * @param jar whose name tells it apart from all others
     */
    public CompletableFuture<JarRunApplicationResponseBody> runApplication(
            Path jar, JarRunApplicationRequestBody request) {
        return ask(
                flink ->
                        copies(flink, jar.getFileName().toString())
                                .thenCompose(
                                        copies ->
                                                copies.isEmpty()
                                                        ? flink.jars()
                                                                .upload(jar)
                                                                .thenApply(
                                                                        JarUploadResponseBody
                                                                                ::jarId)
                                                        : CompletableFuture.completedFuture(
                                                                copies.get(0)))
                                .thenCompose(copy -> flink.jars().runApplication(copy, request)),
                ClusterRestEndpoint::notRun);
    }

    /** Deletes what was copied of a jar. */
    public CompletableFuture<Void> deleteCopies(JarId jar) {
        return ask(
                flink ->
                        copies(flink, jar.value())
                                .thenCompose(
                                        copies ->
                                                CompletableFuture.allOf(
                                                        copies.stream()
                                                                .map(flink.jars()::delete)
                                                                .toArray(
                                                                        CompletableFuture[]::new))),
                Connection::explained);
    }

    private static CompletableFuture<List<JarId>> copies(FlinkMonitoringClient flink, String name) {
        return flink.jars()
                .list()
                .thenApply(
                        jars ->
                                jars.jarFileList().stream()
                                        .filter(jar -> jar.name().equals(name))
                                        .map(JarFileInfo::id)
                                        .toList());
    }

    private static Throwable notRun(Connection asked, Throwable failure) {
        if (failure instanceof FlinkRestException refusal
                && Response.Status.Family.familyOf(refusal.status())
                        == Response.Status.Family.CLIENT_ERROR) {
            return new ClientErrorException(
                    "The cluster's own REST endpoint " + Failures.line(refusal),
                    refusal.status(),
                    refusal);
        }
        return failure instanceof FlinkConnectionException
                ? noWay(asked.explained(failure))
                : asked.explained(failure);
    }

    private static Throwable noWay(Throwable failure) {
        return new ServerErrorException(
                "An application runs in the JobManager's process, which can be given a jar by its own REST endpoint only, or by Drey in %s mode. %s"
                        .formatted(JOB_MANAGER_MODE, Failures.line(failure)),
                Response.Status.NOT_IMPLEMENTED,
                failure);
    }

    @Override
    public CompletableFuture<List<ConfigurationInfoEntry>> configuration() {
        return ask(flink -> flink.jobManager().configuration())
                .thenApply(ConfigurationInfo::entries);
    }

    @Override
    public CompletableFuture<EnvironmentInfo> environment() {
        return ask(flink -> flink.jobManager().environment());
    }

    @Override
    public CompletableFuture<LogListInfo> logs() {
        return ask(flink -> flink.jobManager().logs());
    }

    @Override
    public CompletableFuture<DownloadContent> log() {
        return download(flink -> flink.jobManager().log());
    }

    @Override
    public CompletableFuture<DownloadContent> log(String name) {
        return download(flink -> flink.jobManager().log(name));
    }

    @Override
    public CompletableFuture<DownloadContent> stdout() {
        return download(flink -> flink.jobManager().stdout());
    }

    @Override
    public CompletableFuture<ProfilingInfoList> profiles() {
        return ask(flink -> flink.profiler().ofJobManager());
    }

    @Override
    public CompletableFuture<DownloadContent> profile(String name) {
        return download(flink -> flink.profiler().fileOfJobManager(name));
    }

    @Override
    public CompletableFuture<ProfilingInfo> startProfile(ProfilingRequestBody profile) {
        return ask(flink -> flink.profiler().beginProfileOfJobManager(profile))
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(refused(Failures.strip(failure))));
    }

    /** Where Drey refuses with a status of its own, stock Flink answers 500. */
    private static Throwable refused(Throwable failure) {
        if (failure.getCause() instanceof FlinkRestException refusal) {
            String said = String.join(" ", refusal.errors());
            if (refusal.status() == CONFLICT || said.contains(BUSY)) {
                return new IllegalStateException(failure.getMessage());
            }
            if (refusal.status() == BAD_REQUEST || said.contains(TOO_LONG)) {
                return new BadRequestException(failure.getMessage(), refusal);
            }
        }
        return failure;
    }

    @Override
    public void notifyLeaderAddress(String address, UUID sessionId) {
        Connection next = null;
        if (address != null && !address.isEmpty()) {
            try {
                next = new Connection(address, tls);
            } catch (IllegalArgumentException e) {
                LOG.error("The cluster's REST endpoint cannot be used: {}", e.getMessage());
            }
        }
        Connection unused = replace(next);
        if (unused != null) {
            // Closing waits for its threads, and whoever tells the leader must not.
            ForkJoinPool.commonPool().execute(unused.client::close);
        }
    }

    @Override
    public void handleError(Exception failure) {
        LOG.error("The HA services cannot tell the cluster's REST endpoint", failure);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        Connection unused = replace(null);
        if (unused != null) {
            unused.client.close();
        }
    }

    /** Returns the one that is used no more, if there is one. */
    private Connection replace(Connection next) {
        Connection unused;
        synchronized (this) {
            unused = connection;
            connection = closed ? null : next;
            if (closed && next != null) {
                unused = next;
            }
        }
        return unused;
    }

    private <R> CompletableFuture<R> ask(
            Function<FlinkMonitoringClient, CompletableFuture<R>> question) {
        return ask(question, Connection::explained);
    }

    private <R> CompletableFuture<R> ask(
            Function<FlinkMonitoringClient, CompletableFuture<R>> question,
            BiFunction<Connection, Throwable, Throwable> explained) {
        Connection asked;
        synchronized (this) {
            asked = connection;
        }
        if (asked == null) {
            return CompletableFuture.failedFuture(
                    unavailable(
                            "The cluster's own REST endpoint is not known yet: ask again", null));
        }
        return question.apply(asked.client)
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(
                                        explained.apply(asked, Failures.strip(failure))));
    }

    private CompletableFuture<DownloadContent> download(
            Function<FlinkMonitoringClient, CompletableFuture<Download>> question) {
        return ask(question).thenApply(DownloadContent::new);
    }

    private static ServiceUnavailableException unavailable(String line, Throwable cause) {
        return new ServiceUnavailableException(line, RETRY_AFTER_SECONDS, cause);
    }

    /** A client of the endpoint at one address. */
    private static final class Connection {

        private final String uri;
        private final FlinkMonitoringClient client;

        Connection(String uri, TlsSettings tls) {
            this.uri = uri;
            this.client =
                    FlinkMonitoringClient.builder()
                            .endpoint(uri)
                            .tls(tls)
                            // Who asks Drey decides whether to ask again.
                            .retries(RetrySettings.NONE)
                            .build();
        }

        Throwable explained(Throwable failure) {
            if (failure instanceof OutcomeUnknownException) {
                return new ServerErrorException(
                        "The cluster's own REST endpoint at %s has not told what came of it: %s"
                                .formatted(uri, Failures.line(failure)),
                        Response.Status.GATEWAY_TIMEOUT,
                        failure);
            }
            if (!(failure instanceof FlinkRestException refusal)) {
                return unavailable(
                        "The cluster's own REST endpoint at %s does not answer: %s"
                                .formatted(uri, Failures.line(failure)),
                        failure);
            }
            String line = "The cluster's own REST endpoint " + Failures.line(refusal);
            return refusal.status() == NOT_FOUND
                    ? new NotFoundException(line, refusal)
                    : new ServerErrorException(line, Response.Status.BAD_GATEWAY, refusal);
        }
    }
}
