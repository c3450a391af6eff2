package dev.drey.client.transport;

import static java.util.Objects.requireNonNull;

import dev.drey.client.error.ClientClosedException;
import dev.drey.client.error.FlinkConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.nio.CapacityChannel;

/**
 * A file of the cluster, which comes while it is read, by one thread at a time: however large it
 * is, only a small part of it is in memory.
 *
 * <p>It holds a connection until it was read to its end or is closed; closed before its end, the
 * connection is broken off. There is no limit to how long it takes as a whole, and none to how long
 * a reader may pause. But when a reader has waited for the client's request timeout (or the
 * request's own, if it has one), and nothing came, or when the connection breaks off or the client
 * is closed, reading fails with a {@link FlinkConnectionException}; in the first case its cause is
 * a {@link SocketTimeoutException}.
 */
public final class Download extends InputStream {
    private static final int WINDOW = 256 * 1024;
    private static final int PIECE = 16 * 1024;

    private static final Pattern FIRST_BYTE = Pattern.compile("bytes (\\d{1,18})-.*");

    private final Exchange<?> exchange;
    private final long position;
    private final OptionalLong length;
    private final boolean takesPositions;
    private final Duration timeout;
    private final Executor saving;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Deque<ByteBuffer> arrived = new ArrayDeque<>();
    private CapacityChannel window;
    private boolean complete;
    private boolean closed;
    private Throwable failure;

    /**
     * @param saving writes files
     */
    Download(Exchange<?> exchange, HttpResponse head, EntityDetails file, Executor saving) {
        this.exchange = exchange;
        this.position = position(head);
        this.length =
                file.getContentLength() < 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(file.getContentLength());
        this.takesPositions = "bytes".equals(text(head, HttpHeaders.ACCEPT_RANGES));
        this.timeout = exchange.patience();
        this.saving = saving;
    }

    private static long position(HttpResponse head) {
        Matcher first = FIRST_BYTE.matcher(text(head, HttpHeaders.CONTENT_RANGE));
        return head.getCode() == HttpStatus.SC_PARTIAL_CONTENT && first.matches()
                ? Long.parseLong(first.group(1))
                : 0;
    }

    private static String text(HttpResponse head, String name) {
        Header header = head.getFirstHeader(name);
        return header == null ? "" : header.getValue();
    }

    /** Where in the file it begins: 0, unless it was asked for with {@link #from}. */
    public long position() {
        return position;
    }

    /**
     * Whether the server sends files from any byte on. Drey does, and stock Flink does not: of its
     * files, what is before has to be read.
     */
    public boolean takesPositions() {
        return takesPositions;
    }

    /**
     * Asks for the same file again, from a later byte on; this download goes on beside it until it
     * is closed. The future completes when the other begins to come. No such byte: 416. A server
     * that does not {@linkplain #takesPositions take positions} sends the whole file: {@link
     * #position()} of the other tells.
     *
     * @param first the first byte, counted from 0
     */
    public CompletableFuture<Download> from(long first) {
        if (first < 0) {
            throw new IllegalArgumentException("No file has a byte " + first);
        }
        return exchange.again(first);
    }

    /** How many bytes come; empty if the server does not say. */
    public OptionalLong length() {
        return length;
    }

    /**
     * Writes what was not read yet to a file, on a thread of its own. The file appears, or replaces
     * another, when all of it has come; until then it is a temporary one in the same folder. The
     * future completes with {@code target}, on a thread that callbacks must not keep; it fails as
     * reading does, or with the {@link IOException} of the file system. Cancelling it closes the
     * download.
     */
    public CompletableFuture<Path> saveTo(Path target) {
        return saveTo(target, written -> {});
    }

    /**
     * The same, telling how far it is.
     *
     * @param progress told after each piece how many bytes are written, on the thread that writes;
     *     what it throws ends the download, and the future fails with it
     */
    public CompletableFuture<Path> saveTo(Path target, LongConsumer progress) {
        requireNonNull(target, "target is null");
        requireNonNull(progress, "progress is null");
        CompletableFuture<Path> saved = new CompletableFuture<>();
        var unused = saved.whenComplete((path, failed) -> close());
        try {
            saving.execute(
                    () -> {
                        try {
                            save(target, progress);
                            saved.complete(target);
                        } catch (IOException | RuntimeException e) {
                            saved.completeExceptionally(e);
                        }
                    });
        } catch (RejectedExecutionException e) {
            saved.completeExceptionally(new ClientClosedException());
        }
        return saved;
    }

    private void save(Path target, LongConsumer progress) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Path part = Files.createTempFile(folder, target.getFileName() + ".", ".part");
        try {
            write(part, progress);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void write(Path part, LongConsumer progress) throws IOException {
        byte[] piece = new byte[PIECE];
        long written = 0;
        try (OutputStream file = Files.newOutputStream(part)) {
            for (int size = read(piece); size >= 0; size = read(piece)) {
                file.write(piece, 0, size);
                written += size;
                progress.accept(written);
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int size) throws IOException {
        Objects.checkFromIndexSize(offset, size, target.length);
        if (size == 0) {
            return 0;
        }
        int read;
        CapacityChannel open;
        try {
            if (!awaitBytes()) {
                return -1;
            }
        } catch (FlinkConnectionException e) {
            exchange.end();
            throw e;
        }
        synchronized (this) {
            if (closed) {
                throw closed();
            }
            ByteBuffer next = arrived.peek();
            read = Math.min(size, next.remaining());
            next.get(target, offset, read);
            if (!next.hasRemaining()) {
                arrived.remove();
            }
            open = complete ? null : window;
        }
        if (open != null) {
            open.update(read);
        }
        return read;
    }

    @Override
    public synchronized int available() {
        return arrived.isEmpty() ? 0 : arrived.peek().remaining();
    }

    @Override
    public void close() {
        boolean early;
        synchronized (this) {
            early = !closed && !complete && failure == null;
            closed = true;
            arrived.clear();
            notifyAll();
        }
        if (early) {
            exchange.end();
        }
        ended.complete(null);
    }

    /** Whether there are bytes; not at the end. */
    private synchronized boolean awaitBytes() throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (arrived.isEmpty() && !complete && failure == null && !closed) {
            long millis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
            if (millis <= 0) {
                failure = new SocketTimeoutException("Nothing came for " + timeout);
                break;
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while waiting for " + exchange.uri());
            }
        }
        if (closed) {
            throw closed();
        }
        if (arrived.isEmpty() && failure != null) {
            throw new FlinkConnectionException(exchange.method(), exchange.uri(), failure);
        }
        return !arrived.isEmpty();
    }

    private IOException closed() {
        return new IOException("The download of %s is closed".formatted(exchange.uri()));
    }

    /** Completes when there is no connection any more. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** How the sender is told to go on. */
    void opened(CapacityChannel channel) throws IOException {
        boolean first;
        synchronized (this) {
            first = window == null;
            window = channel;
        }
        if (first) {
            channel.update(WINDOW);
        }
    }

    synchronized void arrive(ByteBuffer bytes) {
        if (!closed) {
            ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
            copy.put(bytes).flip();
            arrived.add(copy);
            notifyAll();
        }
    }

    void complete() {
        synchronized (this) {
            complete = true;
            notifyAll();
        }
        ended.complete(null);
    }

    void fail(Throwable cause) {
        synchronized (this) {
            if (!complete && failure == null) {
                failure = cause;
            }
            notifyAll();
        }
        ended.complete(null);
    }
}
