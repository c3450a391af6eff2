package dev.drey.server;

import jakarta.ws.rs.NotFoundException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.ApplicationID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.application.ArchivedApplication;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.UnknownOperationKeyException;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.messages.webmonitor.MultipleApplicationsDetails;
import org.apache.flink.runtime.messages.webmonitor.MultipleJobsDetails;
import org.apache.flink.runtime.rest.handler.async.OperationResult;
import org.apache.flink.runtime.rest.handler.job.AsynchronousJobOperationKey;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.util.ExceptionUtils;

/**
 * Where the data of a view comes from. Equal sources ask the cluster for the same data.
 *
 * @param <S> what the cluster answers
 */
public sealed interface Source<S> {

    /** Asks the cluster. Does not block. */
    CompletableFuture<S> fetch(ClusterGateways gateways, Duration timeout);

    /** What is asked for, as a message to a user names it. */
    String description();

    /** What the leading dispatcher answers. */
    sealed interface OfDispatcher<S> extends Source<S> {

        /** Asks {@code dispatcher}. */
        CompletableFuture<S> ask(DispatcherGateway dispatcher, Duration timeout);

        @Override
        default CompletableFuture<S> fetch(ClusterGateways gateways, Duration timeout) {
            return gateways.dispatcher().thenCompose(dispatcher -> ask(dispatcher, timeout));
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

    /** The state of one job. */
    record Status(JobID jobId) implements OfDispatcher<JobStatus> {
        @Override
        public CompletableFuture<JobStatus> ask(DispatcherGateway dispatcher, Duration timeout) {
            return dispatcher.requestJobStatus(jobId, timeout);
        }

        @Override
        public String description() {
            return "the status of job " + jobId;
        }
    }

    /** The execution graph of one job. */
    record ExecutionGraph(JobID jobId) implements OfDispatcher<ExecutionGraphInfo> {
        @Override
        public CompletableFuture<ExecutionGraphInfo> ask(
                DispatcherGateway dispatcher, Duration timeout) {
            return dispatcher.requestExecutionGraphInfo(jobId, timeout);
        }

        @Override
        public String description() {
            return "the execution graph of job " + jobId;
        }
    }

    /** The checkpoint statistics of one job. */
    record CheckpointStatistics(JobID jobId) implements OfDispatcher<CheckpointStatsSnapshot> {
        @Override
        public CompletableFuture<CheckpointStatsSnapshot> ask(
                DispatcherGateway dispatcher, Duration timeout) {
            return dispatcher.requestCheckpointStats(jobId, timeout);
        }

        @Override
        public String description() {
            return "the checkpoint statistics of job " + jobId;
        }
    }

    /** All applications, summarized. */
    record Applications() implements OfDispatcher<MultipleApplicationsDetails> {
        @Override
        public CompletableFuture<MultipleApplicationsDetails> ask(
                DispatcherGateway dispatcher, Duration timeout) {
            return dispatcher.requestMultipleApplicationDetails(timeout);
        }

        @Override
        public String description() {
            return "the list of applications";
        }
    }

    /** One application and its jobs. */
    record Application(ApplicationID applicationId) implements OfDispatcher<ArchivedApplication> {
        @Override
        public CompletableFuture<ArchivedApplication> ask(
                DispatcherGateway dispatcher, Duration timeout) {
            return dispatcher.requestApplication(applicationId, timeout);
        }

        @Override
        public String description() {
            return "application " + applicationId;
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

    /** The execution graph of one job, and what its running tasks last reported. */
    record ExecutionGraphWithMetrics(JobID jobId)
            implements Source<ExecutionGraphWithMetrics.Answer> {

        /** A graph, and the metrics of all jobs at the time it was fetched. */
        public record Answer(ExecutionGraphInfo graph, MetricStore.JobMetricStoreSnapshot jobs) {}

        @Override
        public CompletableFuture<Answer> fetch(ClusterGateways gateways, Duration timeout) {
            return new ExecutionGraph(jobId)
                    .fetch(gateways, timeout)
                    .thenApply(graph -> new Answer(graph, gateways.metrics().getJobs()));
        }

        @Override
        public String description() {
            return "the execution graph of job " + jobId;
        }
    }

    /** The registered task managers. */
    record TaskManagers() implements Source<Collection<TaskManagerInfo>> {
        @Override
        public CompletableFuture<Collection<TaskManagerInfo>> fetch(
                ClusterGateways gateways, Duration timeout) {
            return gateways.resourceManager()
                    .thenCompose(manager -> manager.requestTaskManagerInfo(timeout));
        }

        @Override
        public String description() {
            return "the list of task managers";
        }
    }

    /** How far a savepoint is that was triggered under a key. */
    record SavepointOperation(AsynchronousJobOperationKey key)
            implements OfDispatcher<OperationResult<String>> {
        @Override
        public CompletableFuture<OperationResult<String>> ask(
                DispatcherGateway dispatcher, Duration timeout) {
            return dispatcher
                    .getTriggeredSavepointStatus(key)
                    .exceptionallyCompose(
                            failure -> CompletableFuture.failedFuture(explained(failure)));
        }

        @Override
        public String description() {
            return "the savepoint operation " + key.getTriggerId() + " of job " + key.getJobId();
        }

        private Throwable explained(Throwable failure) {
            return ExceptionUtils.findThrowable(failure, UnknownOperationKeyException.class)
                    .<Throwable>map(
                            unknown ->
                                    new NotFoundException(
                                            "No savepoint operation %s of job %s is known: it was never"
                                                            .formatted(
                                                                    key.getTriggerId(),
                                                                    key.getJobId())
                                                    + " triggered, was forgotten after "
                                                    + RestOptions.ASYNC_OPERATION_STORE_DURATION
                                                            .key()
                                                    + ", or the leader changed",
                                            unknown))
                    .orElse(failure);
        }
    }
}
