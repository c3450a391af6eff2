package dev.drey.server.async;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.server.DreyOptions;
import jakarta.ws.rs.ServiceUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;

/** A journal that is lost with the process. */
final class MemoryJournal implements Journal {

    private static final long RETRY_AFTER_SECONDS = 5;

    private final Cache<String, Entry> entries;
    private final int maxEntries;

    MemoryJournal(ReadableConfig configuration, Ticker ticker) {
        this.maxEntries = configuration.get(DreyOptions.OPERATIONS_MAX_ENTRIES);
        this.entries =
                Caffeine.newBuilder()
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .expireAfter(
                                new UntilForgotten(
                                        configuration.get(
                                                RestOptions.ASYNC_OPERATION_STORE_DURATION)))
                        .build();
    }

    @Override
    public Optional<Entry> begin(Intent intent) {
        makeRoom();
        Entry entry = new Entry(intent, Optional.empty(), Optional.empty());
        return Optional.ofNullable(entries.asMap().putIfAbsent(intent.id(), entry));
    }

    @Override
    public void answered(String id, Answer answer) {
        entries.asMap().computeIfPresent(id, (same, entry) -> entry.answered(answer));
    }

    @Override
    public void ended(String id, AsynchronousOperationResult<?> outcome) {
        entries.asMap()
                .computeIfPresent(
                        id,
                        (same, entry) ->
                                entry.outcome().isPresent() ? entry : entry.ended(outcome));
    }

    @Override
    public void forget(String id) {
        entries.invalidate(id);
    }

    @Override
    public Optional<Entry> find(String id) {
        return Optional.ofNullable(entries.getIfPresent(id));
    }

    @Override
    public List<Entry> entries() {
        return List.copyOf(entries.asMap().values());
    }

    private void makeRoom() {
        if (entries.estimatedSize() < maxEntries) {
            return;
        }
        entries.cleanUp();
        if (entries.estimatedSize() >= maxEntries) {
            throw new ServiceUnavailableException(
                    "As many requests as %s allows are being answered or remembered: ask again later"
                            .formatted(DreyOptions.OPERATIONS_MAX_ENTRIES.key()),
                    RETRY_AFTER_SECONDS);
        }
    }

    /** As in Flink a duration of less than a second keeps results for good. */
    private record UntilForgotten(Duration stored) implements Expiry<String, Entry> {

        @Override
        public long expireAfterCreate(String id, Entry entry, long now) {
            return Long.MAX_VALUE;
        }

        @Override
        public long expireAfterUpdate(String id, Entry entry, long now, long left) {
            if (!entry.isOver() || stored.toSeconds() == 0) {
                return Long.MAX_VALUE;
            }
            return Math.min(left, stored.toNanos());
        }

        @Override
        public long expireAfterRead(String id, Entry entry, long now, long left) {
            return left;
        }
    }
}
