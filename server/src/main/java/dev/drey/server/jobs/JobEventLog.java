package dev.drey.server.jobs;

import dev.drey.model.jobs.JobEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

/** The latest events of a job, numbered, for whoever watches it and whoever comes back. */
final class JobEventLog {

    /**
     * An event under the id that a client can go on from.
     *
     * @param data the event as JSON
     */
    record Entry(String id, String data) {}

    /** Somebody who is told of events. Neither method may block. */
    interface Watcher {

        void told(Entry entry);

        /** Nothing will happen any more. */
        void ended();
    }

    /** Characters: a client that comes back gets all of them at once. */
    private static final int MOST_KEPT = 1 << 19;

    private static final Pattern ID = Pattern.compile("([0-9a-f]{8})-([0-9]{1,18})");

    /** Tells this log's ids from those of other endpoints, and of the log that it had before. */
    private final String name = UUID.randomUUID().toString().substring(0, 8);

    private final int maxEntries;
    private final Function<JobEvent, String> json;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final JobChanges changes;
    private final Deque<String> kept = new ArrayDeque<>();
    private long keptLength;
    private long last;
    private boolean over;
    private volatile long unwatchedSince = System.nanoTime();

    /**
     * Begins with what the job looks like.
     *
     * @param json writes events
     * @param now milliseconds since the epoch
     */
    JobEventLog(
            ExecutionGraphInfo graph, int maxEntries, Function<JobEvent, String> json, long now) {
        this.maxEntries = maxEntries;
        this.json = json;
        this.changes = JobChanges.since(graph, now);
        this.over = changes.status().isGloballyTerminal();
    }

    /**
     * Takes down what the job looks like now.
     *
     * @param now milliseconds since the epoch
     */
    synchronized void look(ExecutionGraphInfo graph, long now) {
        List<Entry> entries = new ArrayList<>();
        for (JobEvent event : changes.until(graph, now)) {
            last++;
            entries.add(new Entry(id(last), json.apply(event)));
        }
        entries.forEach(entry -> keep(entry.data()));
        entries.forEach(entry -> watchers.forEach(watcher -> watcher.told(entry)));
        if (isJobOver()) {
            end();
        }
    }

    private void keep(String data) {
        kept.add(data);
        keptLength += data.length();
        while (kept.size() > maxEntries || (keptLength > MOST_KEPT && kept.size() > 1)) {
            keptLength -= kept.remove().length();
        }
    }

    /** It is not looked at any more: whoever watches must begin again, if the job goes on. */
    synchronized void end() {
        over = true;
        watchers.forEach(Watcher::ended);
    }

    /** Ends it, unless somebody watches. */
    synchronized boolean endUnwatched() {
        if (watchers.isEmpty()) {
            end();
        }
        return over;
    }

    /** Whether it is not looked at any more. */
    synchronized boolean isOver() {
        return over;
    }

    /** Whether nothing will happen any more. */
    synchronized boolean isJobOver() {
        return changes.status().isGloballyTerminal();
    }

    /**
     * Whether who had the event {@code lastEventId} last has had all, and there will be no more.
     */
    synchronized boolean isAllTold(Optional<String> lastEventId) {
        return isJobOver() && lastEventId.filter(id(last)::equals).isPresent();
    }

    /**
     * Tells {@code watcher} what happened since the event {@code lastEventId}, and what happens
     * from now on. Who had none yet is told the job's status first.
     *
     * @param now milliseconds since the epoch
     */
    synchronized void watch(Optional<String> lastEventId, Watcher watcher, long now) {
        Optional<Long> from = lastEventId.flatMap(this::number);
        if (from.isPresent()) {
            long number = last - kept.size();
            for (String data : kept) {
                number++;
                if (number > from.get()) {
                    watcher.told(new Entry(id(number), data));
                }
            }
        } else {
            lastEventId.ifPresent(id -> tell(watcher, new JobEvent.Missed(now, id)));
            tell(watcher, new JobEvent.StatusChanged(now, null, changes.status(), null));
        }
        if (over) {
            watcher.ended();
        } else {
            watchers.add(watcher);
        }
    }

    private void tell(Watcher watcher, JobEvent event) {
        watcher.told(new Entry(id(last), json.apply(event)));
    }

    /** Tells {@code watcher} no more. */
    void leave(Watcher watcher) {
        unwatchedSince = System.nanoTime();
        watchers.remove(watcher);
    }

    boolean isWatched() {
        return !watchers.isEmpty();
    }

    /** For how long nobody has watched. */
    Duration unwatched() {
        return isWatched() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - unwatchedSince);
    }

    private String id(long number) {
        return name + "-" + number;
    }

    /** The number of an event, if all that came after it are kept. */
    private Optional<Long> number(String id) {
        Matcher parts = ID.matcher(id);
        return parts.matches() && parts.group(1).equals(name)
                ? Optional.of(Long.valueOf(parts.group(2)))
                        .filter(number -> number >= last - kept.size() && number <= last)
                : Optional.empty();
    }
}
