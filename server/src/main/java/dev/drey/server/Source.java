package dev.drey.server;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.messages.webmonitor.MultipleJobsDetails;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

/**
 * Where the data of a view comes from. Equal sources ask the cluster for the same data. What only
 * one room asks for is a record of that room.
 *
 * @param <S> what the cluster answers
 */
public sealed interface Source<S> {

    /** What is asked for, as a message to a user names it. */
    String description();

    /** What one question gives. {@link SharedFetches} asks it. */
    non-sealed interface Single<S> extends Source<S> {

        /** Asks the cluster. Does not block. */
        CompletableFuture<S> fetch(ClusterGateways gateways, Duration timeout);
    }

    /** What this process knows by itself: nobody is asked, and nothing is shared. */
    interface Local<S> extends Single<S> {}

    /** What the leading dispatcher answers. */
    interface OfDispatcher<S> extends Single<S> {

        /** Asks {@code dispatcher}. */
        CompletableFuture<S> ask(DispatcherGateway dispatcher, Duration timeout);

        @Override
        default CompletableFuture<S> fetch(ClusterGateways gateways, Duration timeout) {
            return gateways.dispatcher().thenCompose(dispatcher -> ask(dispatcher, timeout));
        }
    }

    /** What the leading resource manager answers. */
    interface OfResourceManager<S> extends Single<S> {

        /** Asks {@code resourceManager}. */
        CompletableFuture<S> ask(ResourceManagerGateway resourceManager, Duration timeout);

        @Override
        default CompletableFuture<S> fetch(ClusterGateways gateways, Duration timeout) {
            return gateways.resourceManager().thenCompose(manager -> ask(manager, timeout));
        }
    }

    /** What stock Flink answers from a cache for a while, and so may we. All else stays live. */
    interface Kept<S> extends Single<S> {

        /** Whose data it is: a write to this job makes it old. */
        JobID jobId();

        /** How old an answer may be, counted from when it was asked for; zero: live. */
        Duration maxAge(ReadableConfig configuration);

        /** About how much memory {@code answer} takes, in bytes. */
        long size(S answer);
    }

    /** Two sources that are asked at once. */
    record Both<A, B>(Single<A> first, Single<B> second) implements Source<Both.Answers<A, B>> {

        /** What they answered. */
        public record Answers<A, B>(A first, B second) {}

        public Both {
            requireNonNull(first, "first is null");
            requireNonNull(second, "second is null");
        }

        @Override
        public String description() {
            return first.description() + " and " + second.description();
        }
    }

    /** All jobs, summarized. */
    record Jobs() implements OfDispatcher<MultipleJobsDetails> {
        @Override
        public CompletableFuture<MultipleJobsDetails> ask(
                DispatcherGateway dispatcher, Duration timeout) {
            return dispatcher.requestMultipleJobDetails(timeout);
        }

        @Override
        public String description() {
            return "the list of jobs";
        }
    }

    /** The execution graph of one job. */
    record ExecutionGraph(JobID jobId)
            implements OfDispatcher<ExecutionGraphInfo>, Kept<ExecutionGraphInfo> {
        @Override
        public CompletableFuture<ExecutionGraphInfo> ask(
                DispatcherGateway dispatcher, Duration timeout) {
            return dispatcher.requestExecutionGraphInfo(jobId, timeout);
        }

        @Override
        public String description() {
            return "the execution graph of job " + jobId;
        }

        @Override
        public Duration maxAge(ReadableConfig configuration) {
            return configuration
                    .getOptional(RestOptions.CACHE_EXECUTION_GRAPH_TIMEOUT)
                    .orElseGet(() -> configuration.get(WebOptions.REFRESH_INTERVAL));
        }

        @Override
        public long size(ExecutionGraphInfo answer) {
            return MemorySizes.of(answer);
        }
    }

    /** The checkpoint statistics of one job. */
    record CheckpointStatistics(JobID jobId)
            implements OfDispatcher<CheckpointStatsSnapshot>, Kept<CheckpointStatsSnapshot> {
        @Override
        public CompletableFuture<CheckpointStatsSnapshot> ask(
                DispatcherGateway dispatcher, Duration timeout) {
            return dispatcher.requestCheckpointStats(jobId, timeout);
        }

        @Override
        public String description() {
            return "the checkpoint statistics of job " + jobId;
        }

        @Override
        public Duration maxAge(ReadableConfig configuration) {
            return configuration.get(RestOptions.CACHE_CHECKPOINT_STATISTICS_SIZE) == 0
                    ? Duration.ZERO
                    : configuration.get(RestOptions.CACHE_CHECKPOINT_STATISTICS_TIMEOUT);
        }

        @Override
        public long size(CheckpointStatsSnapshot answer) {
            return MemorySizes.of(answer);
        }
    }

    /** The cluster in numbers. */
    record Overview() implements OfDispatcher<ClusterOverview> {
        @Override
        public CompletableFuture<ClusterOverview> ask(
                DispatcherGateway dispatcher, Duration timeout) {
            return dispatcher.requestClusterOverview(timeout);
        }

        @Override
        public String description() {
            return "the cluster's overview";
        }
    }

    /**
     * What the cluster's metric query services last told. Without a leader nobody asks them, and
     * what they told is of the past.
     */
    record Metrics() implements Local<MetricStore> {
        @Override
        public CompletableFuture<MetricStore> fetch(ClusterGateways gateways, Duration timeout) {
            return gateways.dispatcher().thenCompose(leader -> gateways.metrics().told());
        }

        @Override
        public String description() {
            return "the metrics";
        }
    }

    /** The registered task managers. */
    record TaskManagers() implements OfResourceManager<Collection<TaskManagerInfo>> {
        @Override
        public CompletableFuture<Collection<TaskManagerInfo>> ask(
                ResourceManagerGateway resourceManager, Duration timeout) {
            return resourceManager.requestTaskManagerInfo(timeout);
        }

        @Override
        public String description() {
            return "the list of task managers";
        }
    }
}
