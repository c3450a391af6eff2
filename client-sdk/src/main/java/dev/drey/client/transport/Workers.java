package dev.drey.client.transport;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which futures complete: a few, and more when those are all kept by callbacks that
 * block, in whatever way. Threads that are not needed end.
 */
final class Workers extends ThreadPoolExecutor {
    private static final int FEW = 4;
    private static final int MANY = 256;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration INTERVAL = Duration.ofMillis(20);

    /**
     * For how many intervals nothing may end, while something waits, if the threads seem to run:
     * those that wait for a socket look the same as those that compute.
     */
    private static final int PATIENCE = 10;

    private final ScheduledExecutorService timer;
    private final AtomicBoolean watching = new AtomicBoolean();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    Workers(ScheduledExecutorService timer) {
        super(FEW, MANY, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>());
        this.timer = timer;
        AtomicInteger started = new AtomicInteger();
        setThreadFactory(
                task -> {
                    Thread thread = new Thread(() -> work(task));
                    thread.setName("drey-client-worker-" + started.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        allowCoreThreadTimeOut(true);
    }

    private void work(Runnable task) {
        Thread thread = Thread.currentThread();
        threads.add(thread);
        try {
            task.run();
        } finally {
            threads.remove(thread);
        }
    }

    boolean isOneOf(Thread thread) {
        return threads.contains(thread);
    }

    @Override
    public void execute(Runnable task) {
        super.execute(task);
        watch();
    }

    private void watch() {
        if (!getQueue().isEmpty() && watching.compareAndSet(false, true)) {
            lookAgain(getCompletedTaskCount(), PATIENCE);
        }
    }

    private void lookAgain(long completed, int patience) {
        try {
            var unused =
                    timer.schedule(
                            () -> look(completed, patience),
                            INTERVAL.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The client is closed.
        }
    }

    private void look(long before, int patience) {
        long completed = getCompletedTaskCount();
        if (getQueue().isEmpty()) {
            setCorePoolSize(FEW);
            watching.set(false);
            watch();
        } else if (completed != before) {
            lookAgain(completed, PATIENCE);
        } else if (patience > 1 && anyRuns()) {
            lookAgain(completed, patience - 1);
        } else {
            setCorePoolSize(Math.min(2 * getCorePoolSize(), MANY));
            lookAgain(completed, PATIENCE);
        }
    }

    private boolean anyRuns() {
        return threads.stream().anyMatch(thread -> thread.getState() == Thread.State.RUNNABLE);
    }
}
