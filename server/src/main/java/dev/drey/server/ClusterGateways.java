package dev.drey.server;

import static java.util.Objects.requireNonNull;

import dev.drey.server.async.Polls;
import dev.drey.server.jobmanager.JobManagerProcess;
import dev.drey.server.metrics.ClusterMetrics;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.blob.TransientBlobService;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.rpc.RpcGateway;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;
import org.apache.flink.runtime.webmonitor.stats.VertexStatsTracker;
import org.apache.flink.runtime.webmonitor.threadinfo.VertexThreadInfoStats;

/** The one place that knows how the cluster is reached. */
public final class ClusterGateways {

    private static final long RETRY_AFTER_SECONDS = 1;

    private final GatewayRetriever<DispatcherGateway> dispatcher;
    private final GatewayRetriever<ResourceManagerGateway> resourceManager;
    private final ClusterMetrics metrics;
    private final JobManagerProcess jobManager;
    private final LeaderBlobs blobs;
    private final MessageLimit messageLimit;
    private final Optional<VertexStatsTracker<VertexThreadInfoStats>> threads;
    private final Polls polls;

    /**
     * @param threads is empty if no samples of threads are taken
     */
    public ClusterGateways(
            GatewayRetriever<DispatcherGateway> dispatcher,
            GatewayRetriever<ResourceManagerGateway> resourceManager,
            ClusterMetrics metrics,
            JobManagerProcess jobManager,
            LeaderBlobs blobs,
            MessageLimit messageLimit,
            Optional<VertexStatsTracker<VertexThreadInfoStats>> threads,
            Polls polls) {
        this.dispatcher = requireNonNull(dispatcher, "dispatcher is null");
        this.resourceManager = requireNonNull(resourceManager, "resourceManager is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.jobManager = requireNonNull(jobManager, "jobManager is null");
        this.blobs = requireNonNull(blobs, "blobs is null");
        this.messageLimit = requireNonNull(messageLimit, "messageLimit is null");
        this.threads = requireNonNull(threads, "threads is null");
        this.polls = requireNonNull(polls, "polls is null");
    }

    /** The leading dispatcher; fails with 503 while none is known. */
    public CompletableFuture<DispatcherGateway> dispatcher() {
        return leader(dispatcher, "dispatcher");
    }

    /** The leading resource manager; fails with 503 while none is known. */
    public CompletableFuture<ResourceManagerGateway> resourceManager() {
        return leader(resourceManager, "resource manager");
    }

    /** Who leads now: equal as long as nobody else does. */
    Object leaders() {
        return List.of(dispatcher.getFuture(), resourceManager.getFuture());
    }

    /** What the cluster's metric query services tell. */
    public ClusterMetrics metrics() {
        return metrics;
    }

    /** What no gateway tells. */
    public JobManagerProcess jobManager() {
        return jobManager;
    }

    /**
     * Files that task managers put into the leader's blob server to be read, which blocks; fails
     * with 503 while no leader is known.
     */
    public CompletableFuture<TransientBlobService> transientBlobs() {
        return dispatcher().thenCompose(blobs::of);
    }

    /** How large a job may be that is sent to the leading dispatcher. */
    public MessageLimit messageLimit() {
        return messageLimit;
    }

    /** What the threads of tasks were seen doing; empty if nobody looks. */
    public Optional<VertexStatsTracker<VertexThreadInfoStats>> threads() {
        return threads;
    }

    /** Waits for what no gateway tells by itself. */
    public Polls polls() {
        return polls;
    }

    private static <T extends RpcGateway> CompletableFuture<T> leader(
            GatewayRetriever<T> retriever, String role) {
        CompletableFuture<T> gateway = retriever.getFuture();
        return gateway.isDone()
                ? gateway
                : CompletableFuture.failedFuture(
                        new ServiceUnavailableException(
                                "No leading "
                                        + role
                                        + " is known: an election may be under way, ask again",
                                RETRY_AFTER_SECONDS));
    }
}
