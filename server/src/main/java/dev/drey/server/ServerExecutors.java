package dev.drey.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;

/** The threads that answer requests, apart from those that read them. */
public final class ServerExecutors implements AutoCloseable {

    private static final long IDLE_SECONDS = 60;
    private static final int DOWNLOADERS = 64;

    private final ExecutorService rendering;
    private final ExecutorService files;
    private final ExecutorService uploads;
    private final ExecutorService downloads;
    private final ScheduledExecutorService sampling;

    public ServerExecutors(Configuration configuration) {
        this.rendering = pool("drey-render", configuration.get(RestOptions.SERVER_NUM_THREADS));
        this.files = pool("drey-files", configuration.get(RestOptions.SERVER_NUM_THREADS));
        this.uploads =
                new ThreadPoolExecutor(
                        0,
                        configuration.get(DreyOptions.JARS_MAX_CONCURRENT_UPLOADS),
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        new ExecutorThreadFactory("drey-upload"));
        ThreadPoolExecutor growing =
                new ThreadPoolExecutor(
                        DOWNLOADERS,
                        DOWNLOADERS,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        new ExecutorThreadFactory("drey-download"));
        growing.allowCoreThreadTimeOut(true);
        this.downloads = growing;
        this.sampling =
                Executors.newSingleThreadScheduledExecutor(
                        new ExecutorThreadFactory("drey-sample"));
    }

    /** Converts and renders what the cluster answered; never waits. */
    public ExecutorService rendering() {
        return rendering;
    }

    /** Reads and deletes small files. */
    public ExecutorService files() {
        return files;
    }

    /**
     * Receives uploads, at the speed of those who send them. It rejects what comes while all
     * threads are busy: a sender who stalls must not keep others waiting.
     */
    public ExecutorService uploads() {
        return uploads;
    }

    /**
     * Reads log files, a piece at a time, and fetches them from other processes, which takes long.
     */
    public ExecutorService downloads() {
        return downloads;
    }

    /** Puts together what the threads of tasks were seen doing. */
    public ScheduledExecutorService sampling() {
        return sampling;
    }

    @Override
    public void close() {
        rendering.shutdownNow();
        files.shutdownNow();
        uploads.shutdownNow();
        downloads.shutdownNow();
        sampling.shutdownNow();
    }

    private static ExecutorService pool(String name, int threads) {
        return Executors.newFixedThreadPool(threads, new ExecutorThreadFactory(name));
    }
}
