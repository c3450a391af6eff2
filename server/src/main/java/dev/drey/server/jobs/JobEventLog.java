package dev.drey.server.jobs;

import dev.drey.model.jobs.JobEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

/** The latest events of a job, numbered, for whoever watches it and whoever comes back. */
final class JobEventLog {

    /** An event under the id that a client can go on from. */
    record Entry(String id, JobEvent event) {}

    /** Somebody who is told of events. Neither method may block. */
    interface Watcher {

        void told(Entry entry);

        /** Nothing will happen any more. */
        void ended();
    }

    private static final Pattern ID = Pattern.compile("([0-9a-f]{8})-([0-9]{1,18})");

    /** Tells this log's ids from those of other endpoints, and of the log that it had before. */
    private final String name = UUID.randomUUID().toString().substring(0, 8);

    private final int maxEntries;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final JobChanges changes;
    private final Deque<JobEvent> kept = new ArrayDeque<>();
    private long last;
    private boolean over;
    private volatile long unwatchedSince = System.nanoTime();

    /** Begins with what the job looks like. */
    JobEventLog(ExecutionGraphInfo graph, int maxEntries) {
        this.maxEntries = maxEntries;
        this.changes = JobChanges.since(graph);
        this.over = changes.status().isGloballyTerminal();
    }

    /**
     * Takes down what the job looks like now.
     *
     * @param now milliseconds since the epoch
     */
    synchronized void look(ExecutionGraphInfo graph, long now) {
        List<JobEvent> events = changes.until(graph, now);
        for (JobEvent event : events) {
            kept.add(event);
            last++;
            if (kept.size() > maxEntries) {
                kept.remove();
            }
            Entry entry = new Entry(id(last), event);
            watchers.forEach(watcher -> watcher.told(entry));
        }
        if (changes.status().isGloballyTerminal()) {
            end();
        }
    }

    /** Nobody knows the job any more. */
    synchronized void end() {
        over = true;
        watchers.forEach(Watcher::ended);
    }

    /** Whether nothing will happen any more. */
    synchronized boolean isOver() {
        return over;
    }

    /**
     * Whether who had the event {@code lastEventId} last has had all, and there will be no more.
     */
    synchronized boolean isAllTold(Optional<String> lastEventId) {
        return over && lastEventId.filter(id(last)::equals).isPresent();
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
            for (JobEvent event : kept) {
                number++;
                if (number > from.get()) {
                    watcher.told(new Entry(id(number), event));
                }
            }
        } else {
            lastEventId.ifPresent(
                    id -> watcher.told(new Entry(id(last), new JobEvent.Missed(now, id))));
            watcher.told(
                    new Entry(
                            id(last),
                            new JobEvent.StatusChanged(now, null, changes.status(), null)));
        }
        if (over) {
            watcher.ended();
        } else {
            watchers.add(watcher);
        }
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
