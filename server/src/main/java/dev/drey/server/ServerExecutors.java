package dev.drey.server;

import jakarta.ws.rs.ServiceUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;

/** The threads that answer requests, apart from those that read them. */
public final class ServerExecutors implements AutoCloseable {

    private static final long IDLE_SECONDS = 60;
    private static final long RETRY_AFTER_SECONDS = 5;
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
     * Receives an upload, at the speed of whoever sends it. One that comes while all threads are
     * busy is refused: a sender who stalls must not keep others waiting.
     *
     * @throws ServiceUnavailableException if as many as may be are coming in
     */
    public <T> CompletableFuture<T> upload(Supplier<T> upload) {
        try {
            return CompletableFuture.supplyAsync(upload, uploads);
        } catch (RejectedExecutionException e) {
            throw new ServiceUnavailableException(
                    "As many uploads as %s allows are coming in: ask again"
                            .formatted(DreyOptions.JARS_MAX_CONCURRENT_UPLOADS.key()),
                    RETRY_AFTER_SECONDS,
                    e);
        }
    }

    /**
     * Reads log files, a piece at a time, fetches them from other processes, and takes the files of
     * jobs to others, which takes long.
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
