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
import dev.drey.client.transport.Transport;
import dev.drey.client.vertices.VerticesClient;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

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
 * <p>It is safe for use by many threads, and meant to be shared: each one keeps up to 64
 * connections and a few threads, all of them daemons. Requests beyond 64 wait for a connection.
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
        transport = new Transport(builder.endpoint, builder.requestTimeout, builder.uploadTimeout);
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
        private URI endpoint;
        private Duration requestTimeout = Duration.ofSeconds(30);
        private Duration uploadTimeout = Duration.ofMinutes(10);
        private PollSettings pollSettings = PollSettings.DEFAULT;

        private Builder() {}

        /**
         * Where the API is, such as {@code http://localhost:8081}; required. A path may follow, if
         * a proxy serves the API under one; the version is added by the client.
         *
         * @throws IllegalArgumentException if it is no http URI of a host
         */
        public Builder endpoint(String uri) {
            this.endpoint = checkedEndpoint(uri);
            return this;
        }

        /**
         * How long a request may take, from the call to the last byte of the answer; default: 30
         * seconds. Uploads have a timeout of their own. Of a {@link
         * dev.drey.client.transport.Download} it is how long it may take to begin, and then how
         * long a reader waits for more of it.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = checkedTimeout("requestTimeout", timeout);
            return this;
        }

        /**
         * How long an upload may take, from the call to the last byte of the answer; default: 10
         * minutes.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder uploadTimeout(Duration timeout) {
            this.uploadTimeout = checkedTimeout("uploadTimeout", timeout);
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
         * The client. It makes no connection yet.
         *
         * @throws IllegalStateException if there is no endpoint
         */
        public FlinkMonitoringClient build() {
            if (endpoint == null) {
                throw new IllegalStateException("The client needs an endpoint");
            }
            return new FlinkMonitoringClient(this);
        }

        private static URI checkedEndpoint(String text) {
            URI uri = URI.create(requireNonNull(text, "uri is null"));
            if (!"http".equalsIgnoreCase(uri.getScheme())
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        "'%s' is no endpoint: expected http://host:port".formatted(text));
            }
            return uri;
        }

        private static Duration checkedTimeout(String name, Duration timeout) {
            requireNonNull(timeout, name + " is null");
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("%s is %s".formatted(name, timeout));
            }
            return timeout;
        }
    }
}
