package dev.drey.client.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler whose clock is moved by hand, and which remembers what was asked of it. */
public final class ManualTimer extends AbstractExecutorService implements ScheduledExecutorService {
    private final List<Task> tasks = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private boolean shutdown;

    /** Every delay that was asked for, in order. */
    public List<Duration> delays() {
        return delays;
    }

    /** Tasks that are neither run nor cancelled. */
    public List<Task> waiting() {
        return tasks.stream().filter(task -> !task.isDone()).toList();
    }

    public Duration now() {
        return now;
    }

    /** Runs what is due until {@code duration} from now, in order. */
    public void advance(Duration duration) {
        Duration end = now.plus(duration);
        for (Task next = firstDue(end); next != null; next = firstDue(end)) {
            now = next.due;
            next.run();
        }
        now = end;
    }

    private Task firstDue(Duration end) {
        return waiting().stream()
                .filter(task -> task.due.compareTo(end) <= 0)
                .min(Comparator.comparing(task -> task.due))
                .orElse(null);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        if (shutdown) {
            throw new RejectedExecutionException("shut down");
        }
        Duration duration = Duration.of(delay, unit.toChronoUnit());
        delays.add(duration);
        Task task = new Task(command, now.plus(duration));
        tasks.add(task);
        return task;
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }

    @Override
    public void execute(Runnable command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
            Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
            Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    /** A task and the time it is due. */
    public static final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final Duration due;

        Task(Runnable command, Duration due) {
            super(command, null);
            this.due = due;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException();
        }
    }
}
