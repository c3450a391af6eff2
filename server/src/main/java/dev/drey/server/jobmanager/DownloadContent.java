package dev.drey.server.jobmanager;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Download;
import dev.drey.server.error.Failures;
import dev.drey.server.http.Content;
import jakarta.ws.rs.ServerErrorException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.CompletionException;

/**
 * A file that comes from the cluster's own REST endpoint. What lies before the part that is wanted
 * is not asked for if that endpoint is a Drey; stock Flink sends it, and it is dropped as it comes.
 */
final class DownloadContent implements Content {

    /** What is dropped in less time than it would take to ask again. */
    private static final int NEAR = 1 << 20;

    private final long length;
    private Download download;
    private ReadableByteChannel bytes;
    private long position;
    private boolean askedAgain;

    DownloadContent(Download download) {
        this.download = requireNonNull(download, "download is null");
        if (download.length().isEmpty()) {
            download.close();
            throw new ServerErrorException(
                    "The cluster's own REST endpoint does not say how long its file is",
                    Response.Status.BAD_GATEWAY);
        }
        this.bytes = Channels.newChannel(download);
        this.length = download.length().getAsLong();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(ByteBuffer target, long from) throws IOException {
        if (from - position > NEAR && download.takesPositions() && !askedAgain) {
            askAgain(from);
        }
        if (position < from) {
            long near = Math.min(from - position, NEAR);
            download.skipNBytes(near);
            position += near;
            return 0;
        }
        int read = bytes.read(target);
        position += Math.max(read, 0);
        return read;
    }

    @Override
    public void close() {
        download.close();
    }

    private void askAgain(long from) throws IOException {
        askedAgain = true;
        download.close();
        try {
            download = download.from(from).join();
        } catch (CompletionException e) {
            throw new IOException(
                    "What comes after byte %d cannot be had: %s"
                            .formatted(from, Failures.line(Failures.strip(e))),
                    e);
        }
        bytes = Channels.newChannel(download);
        position = download.position();
        if (position > from) {
            throw new IOException("Byte %d was asked for, and %d came".formatted(from, position));
        }
    }
}
