package dev.drey.client;

import static java.util.Objects.requireNonNull;

import dev.drey.client.applications.ApplicationsClient;
import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.OperationPoller;
import dev.drey.client.async.OperationToken;
import dev.drey.client.async.Operations;
import dev.drey.client.async.OperationsClient;
import dev.drey.client.async.PollSettings;
import dev.drey.client.checkpoints.CheckpointsClient;
import dev.drey.client.cluster.Capabilities;
import dev.drey.client.cluster.ClusterClient;
import dev.drey.client.datasets.DataSetsClient;
import dev.drey.client.jars.JarsClient;
import dev.drey.client.jobmanager.JobManagerClient;
import dev.drey.client.jobs.JobWatches;
import dev.drey.client.jobs.JobsClient;
import dev.drey.client.metrics.MetricsClient;
import dev.drey.client.profiler.ProfilerClient;
import dev.drey.client.rescaling.RescalingClient;
import dev.drey.client.savepoints.SavepointsClient;
import dev.drey.client.taskmanagers.TaskManagersClient;
import dev.drey.client.transport.RetrySettings;
import dev.drey.client.transport.TlsSettings;
import dev.drey.client.transport.Transport;
import dev.drey.client.transport.TransportSettings;
import dev.drey.client.vertices.VerticesClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A client of one cluster, be its API served by Drey or by stock Flink.
 *
 * <pre>{@code
 * try (FlinkMonitoringClient flink =
 *         FlinkMonitoringClient.builder().endpoint("http://localhost:8081").build()) {
 *     flink.jobs().overview().join().jobs().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>It is safe for use by many threads, and meant to be shared: each one keeps up to 40
 * connections and eight threads, all of them daemons. Requests beyond 40 wait for a connection.
 * {@link Transport} says how futures fail, what cancelling them does and where their callbacks run.
 */
public final class FlinkMonitoringClient implements AutoCloseable {
    private final Transport transport;
    private final OperationPoller poller;
    private final JobWatches watches;
    private final ClusterClient cluster;
    private final ApplicationsClient applications;
    private final JobsClient jobs;
    private final VerticesClient vertices;
    private final MetricsClient metrics;
    private final CheckpointsClient checkpoints;
    private final SavepointsClient savepoints;
    private final RescalingClient rescaling;
    private final TaskManagersClient taskManagers;
    private final JobManagerClient jobManager;
    private final DataSetsClient dataSets;
    private final ProfilerClient profiler;
    private final JarsClient jars;
    private final OperationsClient operations;

    private FlinkMonitoringClient(Builder builder) {
        transport = new Transport(builder.settings);
        poller =
                new OperationPoller(builder.pollSettings, transport.timer(), transport.callbacks());
        Operations writes = new Operations(transport, poller);
        cluster = new ClusterClient(transport, writes);
        applications = new ApplicationsClient(transport);
        watches = new JobWatches(transport, builder.pollSettings, poller.held());
        jobs = new JobsClient(transport, writes, watches);
        vertices = new VerticesClient(transport);
        metrics = new MetricsClient(transport);
        checkpoints = new CheckpointsClient(transport, writes);
        savepoints = new SavepointsClient(writes);
        rescaling = new RescalingClient(transport, writes);
        taskManagers = new TaskManagersClient(transport);
        jobManager = new JobManagerClient(transport);
        dataSets = new DataSetsClient(transport, writes);
        profiler = new ProfilerClient(transport, writes);
        jars = new JarsClient(transport, writes, jobs);
        operations = new OperationsClient(transport);
    }

    /** A builder that needs an endpoint. */
    public static Builder builder() {
        return new Builder();
    }

    /** What the server can do: its version of Flink, and the routes that it lacks. */
    public CompletableFuture<Capabilities> capabilities() {
        return cluster.capabilities();
    }

    /** The cluster as a whole. */
    public ClusterClient cluster() {
        return cluster;
    }

    /** Applications. */
    public ApplicationsClient applications() {
        return applications;
    }

    /** Jobs. */
    public JobsClient jobs() {
        return jobs;
    }

    /** Vertices of a job, their subtasks and the attempts to run these. */
    public VerticesClient vertices() {
        return vertices;
    }

    /** Metrics. */
    public MetricsClient metrics() {
        return metrics;
    }

    /** Checkpoints of a job. */
    public CheckpointsClient checkpoints() {
        return checkpoints;
    }

    /** Savepoints. */
    public SavepointsClient savepoints() {
        return savepoints;
    }

    /** What a job requires, and its rescales. */
    public RescalingClient rescaling() {
        return rescaling;
    }

    /** Task managers. */
    public TaskManagersClient taskManagers() {
        return taskManagers;
    }

    /** The JobManager. */
    public JobManagerClient jobManager() {
        return jobManager;
    }

    /** Data sets that the cluster keeps for later jobs. */
    public DataSetsClient dataSets() {
        return dataSets;
    }

    /** Profiles of the cluster's processes. */
    public ProfilerClient profiler() {
        return profiler;
    }

    /** Uploaded jars and the programs in them. */
    public JarsClient jars() {
        return jars;
    }

    /** What was triggered through the endpoint. */
    public OperationsClient operations() {
        return operations;
    }

    /**
     * Goes on with an operation that any client began, of which {@link OperationFuture#token()} is
     * all that is left; its status is asked for at once. The clients of the features have the same
     * for {@link OperationToken}s, with the type of the outcome.
     *
     * @throws IllegalArgumentException if {@code token} is no token
     */
    public OperationFuture<?> resume(String token) {
        OperationToken parsed = OperationToken.parse(token);
        return switch (parsed.kind()) {
            case SAVEPOINT, STOP_WITH_SAVEPOINT -> savepoints.resume(parsed);
            case SAVEPOINT_DISPOSAL -> savepoints.resumeDisposal(parsed);
            case CHECKPOINT -> checkpoints.resume(parsed);
            case DATA_SET_DELETION -> dataSets.resumeDeletion(parsed);
            case RESCALING -> rescaling.resume(parsed);
            case PROFILING -> profiler.resume(parsed);
            case UNKNOWN ->
                    throw new IllegalArgumentException(
                            "Token %s is of no operation".formatted(token));
        };
    }

    /**
     * Ends all requests and all waiting for operations: what is pending completes with a {@link
     * dev.drey.client.error.ClientClosedException}. What the cluster was asked to do goes on there.
     * When it returns, the client's connections are closed and its threads have ended, except those
     * whose callbacks still run after a few seconds.
     */
    @Override
    public void close() {
        poller.close();
        watches.close();
        transport.close();
    }

    /** Collects what a client needs to know. */
    public static final class Builder {
        private final TransportSettings settings = new TransportSettings();
        private boolean hasEndpoint;
        private PollSettings pollSettings = PollSettings.DEFAULT;

        private Builder() {}

        /**
         * Where the API is, such as {@code http://localhost:8081}; required. A path may follow, if
         * a proxy serves the API under one; the version is added by the client.
         *
         * @throws IllegalArgumentException if it is no http or https URI of a host
         */
        public Builder endpoint(String uri) {
            return endpoints(uri);
        }

        /**
         * Where the API is, in as many places as the cluster has JobManagers. The one that works is
         * kept to. One that refuses or breaks connections, is silent or has no leader (503) is
         * skipped, for a second at first, then for up to 30; when none works, all are asked.
         *
         * @throws IllegalArgumentException if one is no http or https URI of a host
         */
        public Builder endpoints(String... uris) {
            settings.endpoints(uris);
            this.hasEndpoint = uris.length > 0;
            return this;
        }

        /**
         * How long it may take to connect, and then to agree on TLS; default: 5 seconds.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder connectTimeout(Duration timeout) {
            settings.connectTimeout(timeout);
            return this;
        }

        /**
         * How long one try of a request that can be repeated may take, once it is sent, while
         * another endpoint could be asked; default: 15 seconds. A request with a timeout of its
         * own, as those have that the server holds back, is not cut short by this.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder attemptTimeout(Duration timeout) {
            settings.attemptTimeout(timeout);
            return this;
        }

        /**
         * How long a request may take as a whole, from the call to the last byte of the answer,
         * with all its tries and the pauses between them; default: 30 seconds. Uploads have a
         * timeout of their own. Of a {@link dev.drey.client.transport.Download} it is how long it
         * may take to begin, and then how long a reader waits for more of it.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder requestTimeout(Duration timeout) {
            settings.requestTimeout(timeout);
            return this;
        }

        /**
         * How long an upload may take as a whole, from the call to the last byte of the answer;
         * default: 10 minutes.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder uploadTimeout(Duration timeout) {
            settings.uploadTimeout(timeout);
            return this;
        }

        /** What is asked again, how often and when; default: {@link RetrySettings#DEFAULT}. */
        public Builder retries(RetrySettings retries) {
            settings.retries(retries);
            return this;
        }

        /** How {@code https} endpoints are trusted; default: {@link TlsSettings#DEFAULT}. */
        public Builder tls(TlsSettings tls) {
            settings.tls(tls);
            return this;
        }

        /**
         * Adds a header to all requests; one of that name which they had is replaced.
         *
         * @throws IllegalArgumentException if HTTP allows no such name or value
         */
        public Builder header(String name, String value) {
            settings.header(name, value);
            return this;
        }

        /**
         * Sends a bearer token with each try of each request, instead of what {@link
         * #basicAuthentication} sends.
         *
         * @param tokens asked for each try, by a thread of the client's that it may block; what it
         *     throws is what the request fails with
         */
        public Builder bearerToken(Supplier<String> tokens) {
            settings.bearerToken(tokens);
            return this;
        }

        /**
         * Sends a name and a password with each request, instead of what {@link #bearerToken}
         * sends.
         *
         * @throws IllegalArgumentException if the name has a colon
         */
        public Builder basicAuthentication(String user, String password) {
            settings.basicAuthentication(user, password);
            return this;
        }

        /**
         * Sends all requests through an HTTP proxy, those to {@code https} endpoints through a
         * tunnel; default: none, whatever the system's properties say.
         *
         * @throws IllegalArgumentException if there is no such port
         */
        public Builder proxy(String host, int port) {
            settings.proxy(host, port);
            return this;
        }

        /**
         * The same, for a proxy that asks for a name and a password (basic authentication).
         *
         * @throws IllegalArgumentException if there is no such port, or the name has a colon
         */
        public Builder proxy(String host, int port, String user, String password) {
            settings.proxy(host, port, user, password);
            return this;
        }

        /**
         * How asynchronous operations are followed; default: {@link PollSettings#DEFAULT}, which
         * asks after 100 ms, then at intervals that double up to 2 s, for up to an hour.
         */
        public Builder pollSettings(PollSettings settings) {
            this.pollSettings = requireNonNull(settings, "settings is null");
            return this;
        }

        /**
         * The client, as the builder is now. It makes no connection yet.
         *
         * @throws IllegalStateException if there is no endpoint
         * @throws IllegalArgumentException if TLS cannot be set up
         */
        public FlinkMonitoringClient build() {
            if (!hasEndpoint) {
                throw new IllegalStateException("The client needs an endpoint");
            }
            return new FlinkMonitoringClient(this);
        }
    }
}
