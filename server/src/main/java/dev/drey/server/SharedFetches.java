package dev.drey.server;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.drey.server.telemetry.FetchMetrics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.util.concurrent.FutureUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cluster once for all who want to know the same.
 *
 * <p>What is kept is at most as old as its source allows, counted from when it was asked for. All
 * else is live: a request joins only a question that has not been asked yet, so that no answer is
 * older than its request. A question that fails, fails only for those who waited for it, and nobody
 * waits for one that was put to a leader who leads no more.
 */
public final class SharedFetches {

    private static final Logger LOG = LoggerFactory.getLogger(SharedFetches.class);

    private final ClusterGateways gateways;
    private final ReadableConfig configuration;
    private final Executor executor;
    private final Duration timeout;
    private final FetchMetrics metrics;
    private final boolean keeping;
    private final Cache<Source.Kept<?>, Fetch<?>> kept;
    private final ConcurrentMap<Source.Single<?>, Turns<?>> live = new ConcurrentHashMap<>();

    /**
     * @param executor weighs what is kept, so that no thread of the cluster does
     * @param metrics count what the cluster is asked
     */
    public SharedFetches(
            ClusterGateways gateways,
            ReadableConfig configuration,
            Executor executor,
            FetchMetrics metrics) {
        this(gateways, configuration, executor, metrics, Ticker.systemTicker());
    }

    SharedFetches(
            ClusterGateways gateways,
            ReadableConfig configuration,
            Executor executor,
            FetchMetrics metrics,
            Ticker ticker) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.configuration = requireNonNull(configuration, "configuration is null");
        this.executor = requireNonNull(executor, "executor is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.timeout = configuration.get(DreyOptions.READ_TIMEOUT);
        long space = configuration.get(DreyOptions.CACHE_MAX_SIZE).getKibiBytes();
        int entries = configuration.get(DreyOptions.CACHE_MAX_ENTRIES);
        this.keeping = space > 0 && entries > 0;
        // A cache has one bound. An entry weighs no less than its share of the space: so their
        // number is bounded with it.
        long share = keeping ? (space + entries - 1) / entries : space;
        this.kept =
                Caffeine.newBuilder()
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .scheduler(Scheduler.systemScheduler())
                        .expireAfter(
                                Expiry.<Source.Kept<?>, Fetch<?>>creating(
                                        (source, fetch) -> source.maxAge(configuration)))
                        .maximumWeight(space)
                        .weigher(
                                (Source.Kept<?> source, Fetch<?> fetch) ->
                                        (int)
                                                Math.min(
                                                        Math.max(share, fetch.kibibytes),
                                                        Integer.MAX_VALUE))
                        .build();
    }

    /** What {@code source} answers; cancelling the future changes nothing for anybody else. */
    public <S> CompletableFuture<S> get(Source<S> source) {
        if (source instanceof Source.Both<?, ?> both) {
            @SuppressWarnings("unchecked") // S is what both answer
            CompletableFuture<S> answers = (CompletableFuture<S>) both(both);
            return answers;
        }
        Source.Single<S> single = (Source.Single<S>) source;
        if (single instanceof Source.Local<S>) {
            return ask(single);
        }
        return keeping
                        && single instanceof Source.Kept<S> keepable
                        && keepable.maxAge(configuration).compareTo(Duration.ZERO) > 0
                ? kept(keepable).copy()
                : live(single).copy();
    }

    /** Forgets what is kept of a job, and lets no later request join what is being asked. */
    public void forget(JobID jobId) {
        kept.asMap().keySet().removeIf(source -> source.jobId().equals(jobId));
    }

    /** Forgets what is kept of all jobs. */
    public void forgetAll() {
        kept.invalidateAll();
    }

    private <A, B> CompletableFuture<Source.Both.Answers<A, B>> both(Source.Both<A, B> both) {
        return get(both.first()).thenCombine(get(both.second()), Source.Both.Answers::new);
    }

    private <S> CompletableFuture<S> kept(Source.Kept<S> source) {
        Object leaders = gateways.leaders();
        Fetch<S> fetch = fetch(source, leaders);
        if (!fetch.answer.isDone() && !fetch.leaders.equals(leaders)) {
            kept.asMap().remove(source, fetch);
            fetch = fetch(source, leaders);
        }
        if (fetch.sent.compareAndSet(false, true)) {
            send(source, fetch);
        } else {
            metrics.shared(source.getClass());
        }
        return fetch.answer;
    }

    @SuppressWarnings("unchecked") // only this method puts, and what it puts answers its source
    private <S> Fetch<S> fetch(Source.Kept<S> source, Object leaders) {
        return (Fetch<S>) kept.get(source, absent -> new Fetch<>(leaders));
    }

    private <S> void send(Source.Kept<S> source, Fetch<S> fetch) {
        CompletableFuture<S> asked = ask(source);
        FutureUtils.forward(
                asked.whenComplete(
                        (answer, failure) -> {
                            if (failure != null) {
                                kept.asMap().remove(source, fetch);
                            }
                        }),
                fetch.answer);
        var unused = asked.thenAcceptAsync(answer -> weigh(source, fetch, answer), executor);
    }

    private <S> void weigh(Source.Kept<S> source, Fetch<S> fetch, S answer) {
        try {
            long size = answer == null ? 0 : source.size(answer);
            kept.asMap().replace(source, fetch, new Fetch<>(fetch, size));
        } catch (RuntimeException e) {
            LOG.error("It cannot be told how large {} is: it is not kept", source, e);
            kept.asMap().remove(source, fetch);
        }
    }

    private <S> CompletableFuture<S> live(Source.Single<S> source) {
        CompletableFuture<S> mine = new CompletableFuture<>();
        Object leaders = gateways.leaders();
        @SuppressWarnings("unchecked") // as above
        Turns<S> turns =
                (Turns<S>)
                        live.compute(
                                source,
                                (same, current) ->
                                        current == null
                                                ? new Turns<>(mine, null, leaders, mine)
                                                : ((Turns<S>) current).with(mine, leaders));
        if (turns.asker == mine) {
            askInTurns(source, turns.out);
            return turns.out;
        }
        if (turns.next != mine) {
            metrics.shared(source.getClass());
        }
        return turns.next;
    }

    /** A loop, because a cluster without a leader is answered for at once, again and again. */
    private <S> void askInTurns(Source.Single<S> source, CompletableFuture<S> first) {
        CompletableFuture<S> turn = first;
        while (turn != null) {
            CompletableFuture<S> asked = ask(source);
            if (!asked.isDone()) {
                CompletableFuture<S> out = turn;
                var unused =
                        asked.whenComplete(
                                (answer, failure) -> {
                                    CompletableFuture<S> next = advance(source, out);
                                    FutureUtils.forward(asked, out);
                                    askInTurns(source, next);
                                });
                return;
            }
            CompletableFuture<S> next = advance(source, turn);
            FutureUtils.forward(asked, turn);
            turn = next;
        }
    }

    /** The question whose turn comes after {@code ended}; {@code null} if nobody waits for it. */
    private <S> CompletableFuture<S> advance(Source.Single<S> source, CompletableFuture<S> ended) {
        Object leaders = gateways.leaders();
        @SuppressWarnings("unchecked") // as above
        Turns<S> turns =
                (Turns<S>)
                        live.computeIfPresent(
                                source,
                                (same, current) -> ((Turns<S>) current).advanced(ended, leaders));
        return turns != null && turns.asker == ended ? turns.out : null;
    }

    private <S> CompletableFuture<S> ask(Source.Single<S> source) {
        if (!(source instanceof Source.Local<S>)) {
            metrics.asked(source.getClass());
        }
        CompletableFuture<S> answer;
        try {
            answer = source.fetch(gateways, timeout);
        } catch (Throwable e) { // whatever it is: those who wait must learn of it
            answer = CompletableFuture.failedFuture(e);
        }
        // A copy, because a gateway may answer with a future that others see too.
        return answer.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A question about something kept, from before it is asked. */
    private static final class Fetch<S> {

        private final CompletableFuture<S> answer;
        private final AtomicBoolean sent;
        private final Object leaders;
        private final long kibibytes;

        Fetch(Object leaders) {
            this.answer = new CompletableFuture<>();
            this.sent = new AtomicBoolean();
            this.leaders = leaders;
            this.kibibytes = 0;
        }

        Fetch(Fetch<S> answered, long size) {
            this.answer = answered.answer;
            this.sent = answered.sent;
            this.leaders = answered.leaders;
            this.kibibytes = size >> 10;
        }
    }

    /**
     * The question that is out, and the one that waits for its turn, if anybody asks it.
     *
     * @param leaders whom the first was put to: once others lead, nobody waits for it any more who
     *     comes later
     * @param asker whose doing it is that the first is to be asked now
     */
    private record Turns<S>(
            CompletableFuture<S> out,
            CompletableFuture<S> next,
            Object leaders,
            CompletableFuture<S> asker) {

        Turns<S> with(CompletableFuture<S> mine, Object leadersNow) {
            if (!leaders.equals(leadersNow)) {
                return new Turns<>(next == null ? mine : next, null, leadersNow, mine);
            }
            return next == null ? new Turns<>(out, mine, leaders, asker) : this;
        }

        Turns<S> advanced(CompletableFuture<S> ended, Object leadersNow) {
            if (out != ended) {
                return this;
            }
            return next == null ? null : new Turns<>(next, null, leadersNow, ended);
        }
    }
}
