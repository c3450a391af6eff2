package dev.drey.server.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.WriteHandler;
import org.glassfish.grizzly.http.io.NIOOutputStream;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends some bytes of a file as fast as they are taken. It reads on when what it has written was
 * taken, and needs a thread only then.
 */
final class Transfer implements WriteHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);

    private static final int CHUNK = 64 * 1024;
    private static final int CHUNKS_IN_TURN = 16;

    private final Content content;
    private final long end;
    private final Response response;
    private final NIOOutputStream out;
    private final NIOConnection connection;
    private final int maxPendingOfOthers;
    private final Executor executor;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private long position;

    /**
     * @param content is closed at the end
     * @param position of the first byte
     * @param end position behind the last byte
     * @param response has its headers
     * @param executor reads and writes
     */
    Transfer(
            Content content,
            long position,
            long end,
            Response response,
            NIOConnection connection,
            Executor executor) {
        this.content = content;
        this.position = position;
        this.end = end;
        this.response = response;
        this.out = response.getNIOOutputStream();
        this.connection = connection;
        this.maxPendingOfOthers = connection.getMaxAsyncWriteQueueSize();
        this.executor = executor;
    }

    /**
     * Begins. The future ends when everything was sent, and never if the connection was closed
     * before: Grizzly may be using the request for another one by then.
     */
    CompletableFuture<Void> start() {
        connection.setMaxAsyncWriteQueueSize(CHUNK);
        sendInTurn();
        return done;
    }

    @Override
    public void onWritePossible() {
        // Not here: it may be the thread that serves all connections.
        executor.execute(this::sendInTurn);
    }

    @Override
    public void onError(Throwable failure) {
        breakOff(failure);
    }

    private void sendInTurn() {
        try {
            for (int i = 0; i < CHUNKS_IN_TURN && position < end; i++) {
                if (!out.canWrite()) {
                    out.notifyCanWrite(this);
                    return;
                }
                ByteBuffer chunk = nextChunk();
                if (chunk.hasRemaining()) {
                    out.write(Buffers.wrap(connection.getMemoryManager(), chunk));
                } else if (!connection.isOpen()) {
                    throw new ClosedChannelException();
                }
            }
            if (position < end) {
                executor.execute(this::sendInTurn);
                return;
            }
            response.flush();
            if (end()) {
                done.complete(null);
            }
        } catch (IOException | RuntimeException e) {
            breakOff(e);
        }
    }

    private ByteBuffer nextChunk() throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, end - position));
        int read = content.read(chunk, position);
        if (read < 0) {
            throw new EOFException(
                    "It ended at byte %d of %d".formatted(position, content.length()));
        }
        position += read;
        return chunk.flip();
    }

    /** What was announced cannot be sent any more: all that is left to tell it is the end. */
    private void breakOff(Throwable reason) {
        boolean left = !connection.isOpen();
        if (!end()) {
            return;
        }
        if (left) {
            LOG.debug("Who was sent a file has left", reason);
        } else {
            LOG.warn("A file was not sent to its end", reason);
            connection.closeSilently();
        }
    }

    private boolean end() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        connection.setMaxAsyncWriteQueueSize(maxPendingOfOthers);
        Downloads.close(content);
        return true;
    }
}
