package dev.drey.client.transport;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/** One try of a request: where its outcome goes, and how its connection is taken from it. */
final class Exchange<T> {
    private final String method;
    private final Endpoint endpoint;
    private final URI uri;
    private final Duration patience;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final List<Runnable> endings = new ArrayList<>();
    private final List<Runnable> sendings = new ArrayList<>();
    private final LongFunction<CompletableFuture<Download>> again;
    private volatile Download arriving;
    private boolean ended;
    private boolean sent;

    /** The answer is taken as a whole. */
    Exchange(String method, Endpoint endpoint, String path) {
        this(method, endpoint, path, Duration.ZERO, null);
    }

    /**
     * A success is handed on while it comes.
     *
     * @param patience how long its reader waits for more of it
     * @param again asks for the same from a later byte on
     */
    Exchange(
            String method,
            Endpoint endpoint,
            String path,
            Duration patience,
            LongFunction<CompletableFuture<Download>> again) {
        this.method = method;
        this.endpoint = endpoint;
        this.uri = endpoint.resolve(path);
        this.patience = patience;
        this.again = again;
    }

    String method() {
        return method;
    }

    URI uri() {
        return uri;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    CompletableFuture<T> result() {
        return result;
    }

    boolean isDownload() {
        return again != null;
    }

    Duration patience() {
        return patience;
    }

    CompletableFuture<Download> again(long position) {
        return again.apply(position);
    }

    /** What follows the head of the answer; {@code null} if that was taken as a whole. */
    Download arriving() {
        return arriving;
    }

    void arrives(Download file) {
        arriving = file;
    }

    /** Adds to what must be done to end the request; if it is ended already, that is done now. */
    void endWith(Runnable ending) {
        synchronized (this) {
            if (!ended) {
                endings.add(ending);
                return;
            }
        }
        ending.run();
    }

    /** Ends the request on the wire. Blocks nothing, and does nothing the second time. */
    void end() {
        List<Runnable> toDo;
        synchronized (this) {
            ended = true;
            toDo = List.copyOf(endings);
            endings.clear();
        }
        toDo.forEach(Runnable::run);
    }

    /** Runs {@code task} when the request goes out, which may be now. */
    void whenSent(Runnable task) {
        synchronized (this) {
            if (!sent) {
                sendings.add(task);
                return;
            }
        }
        task.run();
    }

    /** It goes out from now on; {@code false} if it was ended before, and must not. */
    boolean send() {
        List<Runnable> toDo;
        synchronized (this) {
            if (ended) {
                return false;
            }
            sent = true;
            toDo = List.copyOf(sendings);
            sendings.clear();
        }
        toDo.forEach(Runnable::run);
        return true;
    }

    /** Whether the server may have seen something of it; of one that was ended this is final. */
    synchronized boolean isSent() {
        return sent;
    }

    /** The whole answer is there: the connection is not the exchange's any more. */
    synchronized void answered() {
        endings.clear();
    }

    /** Whether it was ended from this side. */
    synchronized boolean isEnded() {
        return ended;
    }
}
