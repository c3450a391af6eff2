package dev.drey.server.jars;

import static java.util.Objects.requireNonNull;

import dev.drey.server.Ids;
import dev.drey.server.MessageLimit;
import dev.drey.server.async.IdempotencyKey;
import dev.drey.server.error.Failures;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.deployment.application.executors.WebSubmissionExecutor;
import org.apache.flink.client.deployment.application.executors.WebSubmissionExecutorFactory;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.rpc.exceptions.RpcException;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.FlinkException;

/**
 * The jobs of one program, submitted as Flink submits those of a jar that is run. Under a key they
 * have the ids that the key gives, in the order in which the program submits them.
 */
final class ProgramJobs implements PipelineExecutorServiceLoader {

    private final Supplier<DispatcherGateway> leaders;
    private final MessageLimit limit;
    private final Optional<IdempotencyKey> key;
    private final List<JobID> submitted = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /**
     * @param leaders who leads now: a program may live longer than a leader
     */
    ProgramJobs(
            Supplier<DispatcherGateway> leaders, MessageLimit limit, Optional<IdempotencyKey> key) {
        this.leaders = requireNonNull(leaders, "leaders is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.key = requireNonNull(key, "key is null");
    }

    /** Those that the cluster took so far, the first one first. */
    List<JobID> submitted() {
        return List.copyOf(submitted);
    }

    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
        return new PipelineExecutorFactory() {
            @Override
            public String getName() {
                return WebSubmissionExecutor.NAME;
            }

            @Override
            public boolean isCompatibleWith(Configuration asked) {
                return true;
            }

            @Override
            public PipelineExecutor getExecutor(Configuration asked) {
                return (pipeline, configured, loader) -> {
                    DispatcherGateway leader = leaders.get();
                    prepare(leader, pipeline);
                    return new WebSubmissionExecutorFactory(new CopyOnWriteArrayList<>(), leader)
                            .getExecutor(asked)
                            .execute(pipeline, configured, loader)
                            .exceptionallyCompose(ProgramJobs::lost)
                            .thenApply(
                                    client -> {
                                        submitted.add(client.getJobID());
                                        return client;
                                    });
                };
            }
        };
    }

    @Override
    public Stream<String> getExecutorNames() {
        return Stream.of(WebSubmissionExecutor.NAME);
    }

    /**
     * User code may fail with a timeout of its own, which is the program's failure; this is not.
     */
    static final class LostLeaderException extends FlinkException {

        private static final long serialVersionUID = 1L;

        LostLeaderException(Throwable cause) {
            super(Failures.line(Failures.root(cause)), cause);
        }
    }

    private static <T> CompletableFuture<T> lost(Throwable failure) {
        boolean isLost =
                ExceptionUtils.findThrowable(failure, TimeoutException.class).isPresent()
                        || ExceptionUtils.findThrowable(failure, RpcException.class).isPresent();
        return CompletableFuture.failedFuture(isLost ? new LostLeaderException(failure) : failure);
    }

    private void prepare(DispatcherGateway leader, Pipeline pipeline) throws IOException {
        if (pipeline instanceof StreamGraph graph) {
            key.ifPresent(
                    given -> graph.setJobId(Ids.toFlink(given.jobId(numbers.incrementAndGet()))));
            limit.requireCarries(leader, graph);
        }
    }
}
