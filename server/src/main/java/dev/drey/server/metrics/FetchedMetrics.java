package dev.drey.server.metrics;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcher;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcherImpl;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.rpc.RpcGateway;
import org.apache.flink.runtime.webmonitor.RestfulGateway;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;
import org.apache.flink.runtime.webmonitor.retriever.MetricQueryServiceGateway;
import org.apache.flink.runtime.webmonitor.retriever.MetricQueryServiceRetriever;

/**
 * Flink's own fetcher, with an end of its first fetch to wait for. All that a fetch does, it does
 * through what it is given here; so it has ended when none of its questions is out, and none of its
 * tasks left.
 */
public final class FetchedMetrics implements ClusterMetrics {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final GatewayRetriever<? extends RestfulGateway> dispatcher;
    private final MetricFetcher fetcher;
    private final Duration patience;
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<Void> firstFetch = new CompletableFuture<>();

    /**
     * @param executor takes in what the services tell
     * @param timeout how long a service may take, so that a lost one does not keep the others from
     *     being asked again
     * @param interval how old metrics become before the services are asked again
     */
    public FetchedMetrics(
            GatewayRetriever<? extends RestfulGateway> dispatcher,
            MetricQueryServiceRetriever services,
            Executor executor,
            Duration timeout,
            Duration interval) {
        this(dispatcher, services, executor, timeout, interval, PATIENCE);
    }

    FetchedMetrics(
            GatewayRetriever<? extends RestfulGateway> dispatcher,
            MetricQueryServiceRetriever services,
            Executor executor,
            Duration timeout,
            Duration interval,
            Duration patience) {
        this.patience = requireNonNull(patience, "patience is null");
        this.dispatcher = requireNonNull(dispatcher, "dispatcher is null");
        this.fetcher =
                new MetricFetcherImpl<>(
                        () ->
                                dispatcher
                                        .getFuture()
                                        .thenApply(
                                                gateway -> watched(RestfulGateway.class, gateway)),
                        address ->
                                watched(services.retrieveService(address))
                                        .thenApply(
                                                service ->
                                                        watched(
                                                                MetricQueryServiceGateway.class,
                                                                service)),
                        task -> execute(executor, task),
                        timeout,
                        interval.toMillis());
    }

    /**
     * Waits for the end of the first fetch since the start, for as much of it as comes within two
     * seconds; not at all while nobody leads who could be asked.
     */
    @Override
    public CompletableFuture<MetricStore> told() {
        if (firstFetch.isDone()) {
            fetcher.update();
        } else if (dispatcher.getNow().isPresent()) {
            begin();
            fetcher.update();
            end();
            if (begun.compareAndSet(false, true)) {
                firstFetch.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
            }
            return firstFetch.thenApply(ended -> fetcher.getMetricStore());
        }
        return CompletableFuture.completedFuture(fetcher.getMetricStore());
    }

    @Override
    public long askedAt() {
        return fetcher.getLastUpdateTime();
    }

    private void begin() {
        unfinished.incrementAndGet();
    }

    private void end() {
        if (unfinished.decrementAndGet() == 0) {
            firstFetch.complete(null);
        }
    }

    private void execute(Executor executor, Runnable task) {
        begin();
        try {
            executor.execute(
                    () -> {
                        try {
                            task.run();
                        } finally {
                            end();
                        }
                    });
        } catch (RejectedExecutionException e) {
            end();
            throw e;
        }
    }

    /** What waits for an answer goes on before the question counts as ended. */
    private <T> CompletableFuture<T> watched(CompletableFuture<T> question) {
        begin();
        CompletableFuture<T> told = new CompletableFuture<>();
        var unused =
                question.whenComplete(
                        (answer, failure) -> {
                            if (failure == null) {
                                told.complete(answer);
                            } else {
                                told.completeExceptionally(failure);
                            }
                            end();
                        });
        return told;
    }

    private <G extends RpcGateway> G watched(Class<G> type, G gateway) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            try {
                                Object answer = method.invoke(gateway, arguments);
                                return answer instanceof CompletableFuture<?> future
                                        ? watched(future)
                                        : answer;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }
}
