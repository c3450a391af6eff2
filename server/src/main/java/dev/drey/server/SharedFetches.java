package dev.drey.server;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.util.concurrent.FutureUtils;

/**
 * Asks the cluster once for all who want to know the same.
 *
 * <p>What is kept is at most as old as its source allows, counted from when it was asked for. All
 * else is live: a request joins only a question that has not been asked yet, so that no answer is
 * older than its request. A question that fails, fails only for those who waited for it.
 */
public final class SharedFetches {

    private final ClusterGateways gateways;
    private final ReadableConfig configuration;
    private final Duration timeout;
    private final Cache<Source.Kept<?>, Fetch<?>> kept;
    private final ConcurrentMap<Source.Single<?>, Turns<?>> live = new ConcurrentHashMap<>();

    public SharedFetches(ClusterGateways gateways, ReadableConfig configuration) {
        this(gateways, configuration, Ticker.systemTicker());
    }

    SharedFetches(ClusterGateways gateways, ReadableConfig configuration, Ticker ticker) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.configuration = requireNonNull(configuration, "configuration is null");
        this.timeout = configuration.get(DreyOptions.READ_TIMEOUT);
        long space = configuration.get(DreyOptions.CACHE_MAX_SIZE).getBytes();
        int entries = configuration.get(DreyOptions.CACHE_MAX_ENTRIES);
        // A cache has one bound. An entry weighs no less than its share of the space: so their
        // number is bounded with it.
        long share = entries == 0 ? space + 1 : (space + entries - 1) / entries;
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
                                                        Math.max(share, fetch.size),
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
        return single instanceof Source.Kept<S> keepable
                        && keepable.maxAge(configuration).compareTo(Duration.ZERO) > 0
                ? kept(keepable).copy()
                : live(single).copy();
    }

    /** Forgets what is kept of a job, and lets no later request join what is being asked. */
    public void forget(JobID jobId) {
        kept.asMap().keySet().removeIf(source -> source.jobId().equals(jobId));
    }

    private <A, B> CompletableFuture<Source.Both.Answers<A, B>> both(Source.Both<A, B> both) {
        return get(both.first()).thenCombine(get(both.second()), Source.Both.Answers::new);
    }

    private <S> CompletableFuture<S> kept(Source.Kept<S> source) {
        @SuppressWarnings("unchecked") // only this method puts, and what it puts answers its source
        Fetch<S> fetch = (Fetch<S>) kept.get(source, absent -> new Fetch<>());
        if (fetch.sent.compareAndSet(false, true)) {
            CompletableFuture<S> asked = ask(source);
            FutureUtils.forward(
                    asked.whenComplete((answer, failure) -> settle(source, fetch, answer, failure)),
                    fetch.answer);
        }
        return fetch.answer;
    }

    private <S> void settle(Source.Kept<S> source, Fetch<S> fetch, S answer, Throwable failure) {
        if (failure == null) {
            kept.asMap().replace(source, fetch, new Fetch<>(fetch, source.size(answer)));
        } else {
            kept.asMap().remove(source, fetch);
        }
    }

    private <S> CompletableFuture<S> live(Source.Single<S> source) {
        CompletableFuture<S> mine = new CompletableFuture<>();
        @SuppressWarnings("unchecked") // as above
        Turns<S> turns =
                (Turns<S>)
                        live.compute(
                                source,
                                (same, current) ->
                                        current == null
                                                ? new Turns<>(mine, null)
                                                : ((Turns<S>) current).orNext(mine));
        if (turns.out == mine) {
            askInTurns(source, mine);
            return mine;
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
                                    CompletableFuture<S> next = advance(source);
                                    FutureUtils.forward(asked, out);
                                    askInTurns(source, next);
                                });
                return;
            }
            CompletableFuture<S> next = advance(source);
            FutureUtils.forward(asked, turn);
            turn = next;
        }
    }

    /** The question whose turn has come; {@code null} if nobody waits. */
    @SuppressWarnings("unchecked") // as above
    private <S> CompletableFuture<S> advance(Source.Single<S> source) {
        Turns<?> turns = live.computeIfPresent(source, (same, current) -> current.advanced());
        return turns == null ? null : (CompletableFuture<S>) turns.out;
    }

    private <S> CompletableFuture<S> ask(Source.Single<S> source) {
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
        private final long size;

        Fetch() {
            this.answer = new CompletableFuture<>();
            this.sent = new AtomicBoolean();
            this.size = 0;
        }

        Fetch(Fetch<S> answered, long size) {
            this.answer = answered.answer;
            this.sent = answered.sent;
            this.size = size;
        }
    }

    /** The question that is out, and the one that waits for its turn, if anybody asks it. */
    private record Turns<S>(CompletableFuture<S> out, CompletableFuture<S> next) {

        Turns<S> orNext(CompletableFuture<S> waiting) {
            return next == null ? new Turns<>(out, waiting) : this;
        }

        Turns<S> advanced() {
            return next == null ? null : new Turns<>(next, null);
        }
    }
}
