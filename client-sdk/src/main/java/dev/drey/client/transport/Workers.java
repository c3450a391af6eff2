package dev.drey.client.transport;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which futures complete: a few, and more when those are all kept by callbacks that
 * block, in whatever way.
 */
final class Workers implements Executor {
    private static final int FEW = 4;
    private static final int MANY = 256;
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** How long nothing may end, while something waits, before more threads come. */
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final ScheduledExecutorService timer;
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final ThreadPoolExecutor pool;

    Workers(ScheduledExecutorService timer) {
        this.timer = timer;
        this.pool =
                new ThreadPoolExecutor(
                        FEW,
                        MANY,
                        IDLE.toMillis(),
                        TimeUnit.MILLISECONDS,
                        new LinkedBlockingQueue<>(),
                        Worker::new);
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
        watch();
    }

    private void watch() {
        if (!pool.getQueue().isEmpty() && watching.compareAndSet(false, true)) {
            lookAgain(pool.getCompletedTaskCount());
        }
    }

    private void lookAgain(long completed) {
        try {
            timer.schedule(() -> look(completed), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The client is closed.
        }
    }

    private void look(long completedBefore) {
        long completed = pool.getCompletedTaskCount();
        if (pool.getQueue().isEmpty()) {
            if (pool.getActiveCount() < FEW) {
                pool.setCorePoolSize(FEW);
            }
            watching.set(false);
            watch();
            return;
        }
        if (completed == completedBefore) {
            pool.setCorePoolSize(Math.min(2 * pool.getCorePoolSize(), MANY));
        }
        lookAgain(completed);
    }

    boolean isOneOf(Thread thread) {
        return thread instanceof Worker worker && worker.employer() == this;
    }

    void shutdown() {
        pool.shutdown();
    }

    void shutdownNow() {
        pool.shutdownNow();
    }

    boolean awaitTermination(Duration patience) throws InterruptedException {
        return pool.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private final class Worker extends Thread {
        Worker(Runnable task) {
            super(task, "drey-client-worker-" + started.incrementAndGet());
            setDaemon(true);
        }

        Workers employer() {
            return Workers.this;
        }
    }
}
