package dev.drey.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;

/** The threads that answer requests, apart from those that read them. */
public final class ServerExecutors implements AutoCloseable {

    private final ExecutorService rendering;
    private final ExecutorService files;
    private final ExecutorService uploads;

    public ServerExecutors(Configuration configuration) {
        this.rendering = pool("drey-render", configuration.get(RestOptions.SERVER_NUM_THREADS));
        this.files = pool("drey-files", configuration.get(RestOptions.SERVER_NUM_THREADS));
        this.uploads =
                pool("drey-upload", configuration.get(DreyOptions.JARS_MAX_CONCURRENT_UPLOADS));
    }

    /** Converts and renders what the cluster answered; never waits. */
    public ExecutorService rendering() {
        return rendering;
    }

    /** Reads and deletes small files. */
    public ExecutorService files() {
        return files;
    }

    /** Receives uploads, at the speed of those who send them. */
    public ExecutorService uploads() {
        return uploads;
    }

    @Override
    public void close() {
        rendering.shutdownNow();
        files.shutdownNow();
        uploads.shutdownNow();
    }

    private static ExecutorService pool(String name, int threads) {
        return Executors.newFixedThreadPool(threads, new ExecutorThreadFactory(name));
    }
}
